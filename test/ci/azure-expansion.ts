import { posix } from "node:path";
import type { Definition } from "./definitions";

type Values = Readonly<Record<string, unknown>>;

interface Parameter {
  readonly name: string;
  readonly default?: unknown;
}

/**
 * A pipeline as Azure DevOps sees it once its templates are put in: of the language of templates what ours use, and no more. Throws where
 * they use more, or hand over what is not asked for.
 */
export function expand(path: string, definitions: readonly Definition[], given: Values = {}): Values {
  const definition = definitions.find((one) => one.path === path);
  if (definition === undefined) throw new Error(`there is no ${path}`);
  const { parameters = [], ...content } = definition.content as { readonly parameters?: readonly Parameter[] };
  const unknown = Object.keys(given).filter((name) => !parameters.some((parameter) => parameter.name === name));
  if (unknown.length > 0) throw new Error(`${path} does not ask for ${unknown.join(", ")}`);
  const values = Object.fromEntries(parameters.map(({ name, default: otherwise }) => [name, given[name] ?? otherwise]));
  return expandMap(content);

  function expandNode(node: unknown): unknown {
    if (typeof node === "string") return substitute(node);
    if (Array.isArray(node)) return node.flatMap(expandItem);
    return typeof node === "object" && node !== null ? expandMap(node as Values) : node;
  }

  /** A template stands for the list of the same name in it. */
  function expandItem(item: unknown): readonly unknown[] {
    const { template, parameters: handed = {} } = (item ?? {}) as { readonly template?: string; parameters?: Values };
    if (template === undefined) return [expandNode(item)];
    const file = posix.join(posix.dirname(path), template);
    return Object.values(expand(file, definitions, expandMap(handed)))[0] as readonly unknown[];
  }

  function expandMap(map: Values): Values {
    let taken = false;
    return Object.fromEntries(
      Object.entries(map).flatMap(([key, value]) => {
        const [, condition] = /^\$\{\{ (?:if (.*)|else) \}\}$/.exec(key) ?? [];
        if (!key.startsWith("${{")) return [[key, expandNode(value)]];
        taken = condition === undefined ? !taken : holds(condition);
        return taken ? Object.entries(expandMap(value as Values)) : [];
      }),
    );
  }

  function holds(condition: string): boolean {
    // Agents inside a network: nobody has named any.
    if (condition === "ne(variables[format('AGENTS_{0}', parameters.environment)], '')") return false;
    const [, name, value] = /^eq\(parameters\.(\w+), '(.*)'\)$/.exec(condition) ?? [];
    if (name === undefined) throw new Error(`${path}: ${condition} is not understood`);
    return values[name] === value;
  }

  function substitute(text: string): unknown {
    const [, whole] = /^\$\{\{ parameters\.(\w+) \}\}$/.exec(text) ?? [];
    const valueOf = (name: string): unknown => {
      if (values[name] === undefined) throw new Error(`${path}: nobody gives ${name}`);
      return values[name];
    };
    if (whole !== undefined) return valueOf(whole);
    return text.replace(/\$\{\{ parameters\.(\w+) \}\}/g, (_, name: string) => String(valueOf(name)));
  }
}
