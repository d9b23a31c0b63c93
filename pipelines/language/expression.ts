/** What an expression reads, so that a pipeline can be checked without parsing the text. */
export interface Reference {
  readonly kind: "activity" | "parameter" | "globalParameter";
  readonly name: string;
}

declare const brand: unique symbol;

/** An expression of Data Factory's language; made by the functions below, which know what it refers to. */
export interface Expression {
  /** The expression without the `@` that marks it as one in the service's JSON. */
  readonly text: string;
  readonly references: readonly Reference[];
  readonly [brand]: true;
}

// The brand exists in types only, so this one place has to claim it.
const expression = (text: string, references: readonly Reference[] = []) => ({ text, references }) as Expression;

/** Id of the pipeline run. */
export const pipelineRunId = expression("pipeline().RunId");

/** A parameter of the pipeline. */
export const parameter = (name: string) => expression(`pipeline().parameters.${name}`, [{ kind: "parameter", name }]);

/** A global parameter of the factory. */
export const globalParameter = (name: string) =>
  expression(`pipeline().globalParameters.${name}`, [{ kind: "globalParameter", name }]);

/** A property of what an activity left. */
export const output = (activity: string, property: string) =>
  expression(`activity('${activity.replaceAll("'", "''")}').output.${property}`, [
    { kind: "activity", name: activity },
  ]);

/** A property of the JSON object that the notebook of an activity exited with. */
export const runOutput = (activity: string, property: string) => output(activity, `runOutput.${property}`);

/** The item that a ForEach is at. */
export const item = expression("item()");

/** When the trigger fired, in ISO 8601. */
export const triggerTime = expression("pipeline().TriggerTime");

/** Functions of the language that pipelines call. */
export type FunctionName =
  | "addDays"
  | "addMinutes"
  | "concat"
  | "contains"
  | "createArray"
  | "div"
  | "empty"
  | "formatDateTime"
  | "int"
  | "json"
  | "not"
  | "string"
  | "utcNow"
  | "xml"
  | "xpath";

/** A call of a function; texts and whole numbers stand for themselves. */
export const call = (name: FunctionName, ...values: readonly (Expression | string | number)[]) =>
  expression(
    `${name}(${values.map(argument).join(", ")})`,
    values.flatMap((value) => (typeof value === "object" ? value.references : [])),
  );

function argument(value: Expression | string | number): string {
  if (typeof value === "object") return value.text;
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

/** True for a string or a list without content. */
export const empty = (value: Expression) => call("empty", value);

/** The opposite of a condition. */
export const not = (condition: Expression) => call("not", condition);
