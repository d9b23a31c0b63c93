/** The values that a template's expressions read, by their names in lower case. */
export interface TemplateValues {
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly variables: ReadonlyMap<string, unknown>;
}

/** An expression that cannot be evaluated here. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}

/** The template's JSON with its expressions evaluated; what cannot be stays as it is written, and `problem` is told why. */
export function evaluateTemplate(json: unknown, values: TemplateValues, problem: (why: string) => void): unknown {
  if (typeof json === "string") {
    if (json.startsWith("[[")) return json.slice(1);
    if (!json.startsWith("[") || !json.endsWith("]")) return json;
    try {
      return evaluate(json.slice(1, -1), values);
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      problem(`template expression ${json}: ${error.message}`);
      return json;
    }
  }
  if (Array.isArray(json)) return json.map((item: unknown) => evaluateTemplate(item, values, problem));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, evaluateTemplate(value, values, problem)]),
  );
}

const TOKEN = /\s*('(?:[^']|'')*'|[A-Za-z_]\w*|-?\d+|[(),])/y;

/** Evaluates `concat`, `parameters` and `variables`, which are what Data Factory's export writes. */
function evaluate(text: string, values: TemplateValues): unknown {
  const tokens = tokensOf(text);
  let at = 0;
  const next = (): string => tokens[at++] ?? "the end";
  const value = (): unknown => {
    const token = next();
    if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
    if (/^-?\d/.test(token)) return Number(token);
    if (next() !== "(") throw new TemplateError(`"(" is expected behind ${token}`);
    const given: unknown[] = [];
    while (tokens[at] !== ")") {
      given.push(value());
      if (tokens[at] === ",") at += 1;
      else if (tokens[at] !== ")") throw new TemplateError(`")" is expected, found ${next()}`);
    }
    at += 1;
    return call(token, given, values);
  };
  const result = value();
  if (at < tokens.length) throw new TemplateError(`nothing is expected behind the expression, found ${next()}`);
  return result;
}

function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  for (let at = 0; text.slice(at).trim() !== ""; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new TemplateError(`position ${at + 2} cannot be read`);
    tokens.push(token);
  }
  return tokens;
}

function call(name: string, given: readonly unknown[], { parameters, variables }: TemplateValues): unknown {
  switch (name.toLowerCase()) {
    case "concat":
      return given.every(Array.isArray) && given.length > 0 ? given.flat() : given.map(String).join("");
    case "parameters":
      return read("parameter", parameters, given);
    case "variables":
      return read("variable", variables, given);
    default:
      throw new TemplateError(`${name} is not evaluated here, only concat, parameters and variables are`);
  }
}

function read(kind: string, values: ReadonlyMap<string, unknown>, [name]: readonly unknown[]): unknown {
  const found = values.get(String(name).toLowerCase());
  if (found === undefined) throw new TemplateError(`${kind} "${String(name)}" has no value`);
  return found;
}
