/** A request whose path one of the routes has. */
export interface ApiRequest {
  /** What stands in the places of the route's `{names}`. */
  readonly names: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON; `undefined` where there is none. */
  readonly body: unknown;
}

/** Answers with JSON; `undefined` is an answer without content. Throws an `ApiError` for what it refuses. */
export type Handler = (request: ApiRequest) => object | undefined | Promise<object | undefined>;

/** What is answered at a path. */
export interface Route {
  readonly method: "GET" | "POST";
  /** Such as `/subscriptions/{subscription}/resourceGroups`: compared without regard to case, as Azure does. */
  readonly path: string;
  readonly handle: Handler;
}

/** The names in the path of a request; `undefined` where the route is of another path. */
export function namesIn({ path }: Route, pathname: string): Readonly<Record<string, string>> | undefined {
  const wanted = path.split("/");
  const given = pathname.split("/");
  if (wanted.length !== given.length) return undefined;
  const names: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index]!;
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined && value !== "") names[name] = decodeURIComponent(value);
    else if (part.toLowerCase() !== value.toLowerCase()) return undefined;
  }
  return names;
}
