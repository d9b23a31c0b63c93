import type { LEFT, Reply } from "./reply";

/** A request whose path one of the routes has. */
export interface ApiRequest {
  /** Whom it asks, without a port: `management.azure.com`. */
  readonly host: string;
  /** What stands in the places of the route's `{names}`. */
  readonly names: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** JSON; `undefined` where there is none. */
  readonly body: unknown;
  /** The body as it was sent, JSON or not. */
  readonly content: Buffer;
}

type Answer = object | Reply | typeof LEFT | undefined;

/** Answers with JSON; `undefined` is an answer without content. Throws an `ApiError` for what it refuses. */
export type Handler = (request: ApiRequest) => Answer | Promise<Answer>;

/** What is answered at a path. */
export interface Route {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  /**
   * Such as `/subscriptions/{subscription}/resourceGroups`: compared without regard to case, as Azure does. A name with a star, which stands
   * last, has all that follows: `/subscriptions/{path*}`.
   */
  readonly path: string;
  readonly handle: Handler;
}

/** The names in the path of a request; `undefined` where the route is of another path. */
export function namesIn({ path }: Route, pathname: string): Readonly<Record<string, string>> | undefined {
  const wanted = path.split("/");
  const given = pathname.split("/");
  const names: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index];
    const [, name, star] = /^\{(\w+)(\*?)\}$/.exec(part) ?? [];
    if (value === undefined || (name !== undefined && value === "")) return undefined;
    if (name === undefined) {
      if (part.toLowerCase() !== value.toLowerCase()) return undefined;
    } else if (star !== "") {
      names[name] = given.slice(index).map(decodeURIComponent).join("/");
      return names;
    } else names[name] = decodeURIComponent(value);
  }
  return wanted.length === given.length ? names : undefined;
}
