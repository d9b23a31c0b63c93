/** `*` is any number of characters and `?` one or none; `^` takes its meaning from the character behind it. */
const TOKEN = /\^?[^]/g;

export function hasWildcard(name: string): boolean {
  return [...name.matchAll(TOKEN)].some(([token]) => token === "*" || token === "?");
}

/** Whether a name without slashes matches. */
export function wildcard(pattern: string): (name: string) => boolean {
  const matcher = matcherOf(pattern);
  return (name) => matcher.test(name);
}

/** Whether a folder matches a path of wildcards; with `deeper`, also whether it lies inside one that does. */
export function wildcardPath(path: string, deeper: boolean): (folder: string) => boolean {
  const matchers = path === "" ? [] : path.split("/").map(matcherOf);
  return (folder) => {
    const parts = folder === "" ? [] : folder.split("/");
    return (
      (deeper ? parts.length >= matchers.length : parts.length === matchers.length) &&
      matchers.every((matcher, index) => matcher.test(parts[index] ?? ""))
    );
  };
}

/** The folders at the beginning of a path that have no wildcards. */
export function literalFolder(path: string): string {
  const parts = path.split("/");
  const first = parts.findIndex(hasWildcard);
  const literal = (first < 0 ? parts : parts.slice(0, first)).join("/");
  return literal.replace(/\^([^])/g, "$1");
}

function matcherOf(pattern: string): RegExp {
  const source = [...pattern.matchAll(TOKEN)].map(([token]) => {
    if (token === "*") return "[^]*";
    if (token === "?") return "[^]?";
    return token.replace(/^\^(?=[^])/, "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  });
  return new RegExp(`^${source.join("")}$`);
}
