import { findName } from "../json";

/** The circles of names that lead to each other; each is told once. */
export function circles(names: readonly string[], next: (name: string) => readonly string[]): readonly string[][] {
  const done = new Set<string>();
  const found: string[][] = [];
  const follow = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start >= 0) found.push([...path.slice(start), name]);
    if (start >= 0 || done.has(name)) return;
    for (const written of next(name)) {
      const other = findName(names, written);
      if (other !== undefined) follow(other, [...path, name]);
    }
    done.add(name);
  };
  names.forEach((name) => follow(name, []));
  return found;
}
