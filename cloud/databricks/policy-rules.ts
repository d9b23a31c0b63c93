import { z } from "zod";
import type { ClusterSpec, Policy } from "./cluster";
import { DatabricksError } from "./databricks-error";

const value = z.union([z.string(), z.number(), z.boolean()]);
const isOptional = z.boolean().default(false);

/** What a policy can say about an attribute. Source: Databricks, compute policy reference. */
const rule = z.discriminatedUnion("type", [
  z.looseObject({ type: z.literal("fixed"), value }),
  z.looseObject({ type: z.literal("forbidden") }),
  z.looseObject({ type: z.literal("allowlist"), values: z.array(value), isOptional }),
  z.looseObject({ type: z.literal("blocklist"), values: z.array(value), isOptional }),
  z.looseObject({ type: z.literal("regex"), pattern: z.string(), isOptional }),
  z.looseObject({
    type: z.literal("range"),
    minValue: z.number().optional(),
    maxValue: z.number().optional(),
    isOptional,
  }),
  z.looseObject({ type: z.literal("unlimited"), isOptional }),
]);
const rules = z.record(z.string(), rule);

type Rule = z.infer<typeof rule>;
type Value = z.infer<typeof value>;

/** Attributes whose own keys have dots: `spark_conf.spark.sql.session.timeZone`. */
const MAPS = ["spark_conf", "spark_env_vars", "custom_tags"];
const ABSENT = "must be present";
const json = z.record(z.string(), z.unknown());

/** Refuses a cluster that is not as its policy has it, and says all that is wrong. */
export function requirePolicy(spec: ClusterSpec, { definition, name }: Policy): void {
  const wrong = Object.entries(rulesOf(definition, name)).flatMap(([path, stated]) => {
    const problem = problemWith(valueAt(spec, path), stated);
    const [map, key] = mapIn(path);
    if (problem === undefined) return [];
    const what = map !== undefined && problem === ABSENT ? `${map}, ${key}` : `${path}, the value`;
    return [`Validation failed for ${what} ${problem}`];
  });
  // Source of the words: databricks/terraform-provider-databricks#403.
  if (wrong.length > 0) throw new DatabricksError(wrong.join("; "));
}

/** Source: databricks/cli#6492, that a policy of another shape is found out only where it is used. */
function rulesOf(definition: string, name: string): Readonly<Record<string, Rule>> {
  const malformed = (why: string) =>
    new DatabricksError(
      `Requests for the policy ${name} cannot be satisfied due to the malformed policy definition. ${why}`,
    );
  let parsed: unknown;
  try {
    parsed = JSON.parse(definition);
  } catch (error) {
    throw malformed(String(error));
  }
  const { data, error } = rules.safeParse(parsed);
  if (error !== undefined) throw malformed(z.prettifyError(error));
  return data;
}

function problemWith(given: Value | undefined, stated: Rule): string | undefined {
  const is = `(is "${given}")`;
  if (stated.type === "forbidden") return given === undefined ? undefined : `must not be present ${is}`;
  if (given === undefined) return stated.type !== "fixed" && stated.isOptional ? undefined : ABSENT;
  const among = (values: readonly Value[]) => values.some((one) => String(one) === String(given));
  switch (stated.type) {
    case "fixed":
      return among([stated.value]) ? undefined : `must be ${stated.value} ${is}`;
    case "allowlist":
      return among(stated.values) ? undefined : `must be one of ${stated.values.join(", ")} ${is}`;
    case "blocklist":
      return among(stated.values) ? `must be none of ${stated.values.join(", ")} ${is}` : undefined;
    case "regex":
      return new RegExp(`^(?:${stated.pattern})$`).test(String(given))
        ? undefined
        : `must match ${stated.pattern} ${is}`;
    case "range": {
      const { minValue = -Infinity, maxValue = Infinity } = stated;
      const isWithin = Number(given) >= minValue && Number(given) <= maxValue;
      return isWithin ? undefined : `must be from ${minValue} to ${maxValue} ${is}`;
    }
    case "unlimited":
      return undefined;
  }
}

function valueAt(spec: ClusterSpec, path: string): Value | undefined {
  if (path === "cluster_type") return "all-purpose"; // what is made here for itself is for all purposes
  const [map, key] = mapIn(path);
  const parts = map === undefined ? path.split(".") : [map, key];
  const found = parts.reduce<unknown>((within, part) => {
    const list = z.array(z.unknown()).safeParse(within);
    return list.success ? list.data[Number(part)] : json.safeParse(within).data?.[part];
  }, spec);
  return value.safeParse(found).data;
}

function mapIn(path: string): readonly [map: string | undefined, key: string] {
  const map = MAPS.find((name) => path.startsWith(`${name}.`));
  return [map, path.slice((map?.length ?? 0) + 1)];
}
