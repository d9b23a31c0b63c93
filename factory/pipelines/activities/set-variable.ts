import { z } from "zod";
import { ExpressionError } from "../../expressions/error";
import { evaluateJson } from "../../expressions/template";
import type { Scope } from "../../expressions/evaluator";
import { isArray, isObject, isSameName, json, type Json, type JsonObject } from "../../json";
import type { Work, WorkContext } from "./activity";
import { flag } from "./properties";

/** A value that a pipeline returns, with its type beside it. */
const typed = z.looseObject({ type: z.string(), content: json.default(null) });
const returned = z.array(z.looseObject({ key: z.string(), value: typed }));

const properties = z.looseObject({ variableName: z.string(), setSystemVariable: flag, value: json });

/** Gives a variable of the pipeline run a value; or the pipeline itself one, for the pipeline that executes it. */
export class SetVariable implements Work {
  readonly inner = [];
  readonly hasPolicy = false;
  private readonly variableName: string;
  private readonly value: Json;
  private readonly returned: z.infer<typeof returned> | undefined;

  constructor(typeProperties: unknown) {
    const { variableName, setSystemVariable, value } = properties.parse(typeProperties);
    this.variableName = variableName;
    this.value = value;
    this.returned = setSystemVariable ? returned.parse(value) : undefined;
  }

  get variable(): string | undefined {
    return this.returned === undefined ? this.variableName : undefined;
  }

  async run({ scope, variables, keepInput }: WorkContext): Promise<JsonObject> {
    const value =
      this.returned === undefined
        ? evaluateJson(this.value, withoutVariable(scope, this.variableName))
        : returnValue(this.returned, scope);
    const output = { name: this.variableName, value };
    keepInput({ variableName: this.variableName, value });
    this.restore(output, { variables });
    return output;
  }

  restore({ value }: JsonObject, { variables }: Pick<WorkContext, "variables">): void {
    if (this.returned === undefined) variables.set(this.variableName, value ?? null);
    else if (isObject(value)) variables.setReturnValue(value);
  }
}

/** The service refuses a variable that is set from itself. */
function withoutVariable(scope: Scope, variable: string): Scope {
  const variables = scope.get("variables");
  if (variables === undefined) return scope;
  return new Map(scope).set("variables", {
    ...variables,
    call: ([name]) => {
      const asked = name!();
      if (typeof asked === "string" && isSameName(asked, variable))
        throw new ExpressionError(`variable "${variable}" cannot be set from itself: set another one first`);
      return variables.call([() => asked]);
    },
  });
}

function returnValue(entries: z.infer<typeof returned>, scope: Scope): JsonObject {
  return Object.fromEntries(entries.map(({ key, value }) => [key, contentOf(value, scope)]));
}

/** Objects and arrays hold further values, each with its type. */
function contentOf({ type, content }: z.infer<typeof typed>, scope: Scope): Json {
  switch (type.toLowerCase()) {
    case "null":
      return null;
    case "object":
      return returnValue(returned.parse(content), scope);
    case "array":
      return isArray(content) ? content.map((item) => itemOf(item, scope)) : evaluateJson(content, scope);
    default:
      return evaluateJson(content, scope);
  }
}

function itemOf(item: Json, scope: Scope): Json {
  const read = typed.safeParse(item);
  return read.success ? contentOf(read.data, scope) : evaluateJson(item, scope);
}
