import type { Json } from "../json";

/**
 * A value while an expression is evaluated. Integers are `bigint` and floating point is `number`, so that 7 and 7.0 stay
 * apart and 64 bits fit. JSON has one kind of number: coming in, a whole number is an integer; going out, an integer whose
 * digits a JavaScript number cannot keep becomes the text of its digits.
 */
export type Value = null | boolean | bigint | number | string | readonly Value[] | ObjectValue;

export type ObjectValue = { readonly [name: string]: Value };

const LARGEST = 2n ** 63n - 1n;

export function isInt64(value: bigint): boolean {
  return BigInt.asIntN(64, value) === value;
}

export function isObjectValue(value: Value | undefined): value is ObjectValue {
  return typeof value === "object" && value !== null && !isArrayValue(value);
}

export function isArrayValue(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** What JSON, or a function of the surroundings, gives an expression. */
export function fromJson(value: Value): Value {
  if (typeof value === "number")
    return Number.isInteger(value) && Math.abs(value) <= Number(LARGEST) ? BigInt(String(BigInt(value))) : value;
  if (isArrayValue(value)) return value.map(fromJson);
  if (isObjectValue(value)) return mapObject(value, fromJson);
  return value;
}

/** What an expression gives the factory. */
export function toJson(value: Value): Json {
  if (typeof value === "bigint") return String(Number(value)) === String(value) ? Number(value) : String(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : floatToText(value);
  if (isArrayValue(value)) return value.map(toJson);
  if (isObjectValue(value)) return mapObject(value, toJson);
  return value;
}

function mapObject<T>(value: ObjectValue, change: (item: Value) => T): { readonly [name: string]: T } {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, change(item)]));
}

/** The engine's word for a value's type, as its messages use it. */
export function typeOf(value: Value): string {
  if (value === null) return "Null";
  if (typeof value === "bigint") return "Integer";
  if (typeof value === "number") return "Float";
  if (typeof value === "string") return "String";
  if (typeof value === "boolean") return "Boolean";
  return isArrayValue(value) ? "Array" : "Object";
}

/** The shortest digits that read back as the same number; 17 places or fewer are written out, others take an exponent. */
export function floatToText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (Object.is(value, -0)) return "-0";
  const [mantissa = "", exponent = "0"] = value.toExponential().split("e");
  const sign = value < 0 ? "-" : "";
  const digits = mantissa.replace(/[-.]/g, "");
  const point = Number(exponent) + 1;
  if (point > 17 || point < -4 + 1) {
    const fraction = digits.length > 1 ? `.${digits.slice(1)}` : "";
    const power = String(Math.abs(point - 1)).padStart(2, "0");
    return `${sign}${digits[0]}${fraction}E${point > 0 ? "+" : "-"}${power}`;
  }
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  const whole = digits.slice(0, point).padEnd(point, "0");
  return digits.length > point ? `${sign}${whole}.${digits.slice(point)}` : `${sign}${whole}`;
}

/** A text that two values share if, and only if, the engine takes them for the same; 1 and 1.0 differ. */
export function identity(value: Value): string {
  if (typeof value === "bigint") return `i${value}`;
  if (typeof value === "number") return `f${value}`;
  if (isArrayValue(value)) return `[${value.map(identity).join()}]`;
  if (!isObjectValue(value)) return JSON.stringify(value);
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${identity(value[name] ?? null)}`).join()}}`;
}
