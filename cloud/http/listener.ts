import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { ApiError } from "./api-error";
import { LEFT, Reply } from "./reply";
import { namesIn, type Route } from "./route";

export interface ListenerProps {
  /** Those that there are, or a function where they change. */
  readonly routes: readonly Route[] | (() => readonly Route[]);
  /** Throws an `ApiError` for a request that is not to be answered. Default: all are. */
  readonly admit?: (request: IncomingMessage) => void;
  /** Told of each request that no route answers, as `GET management.azure.com/subscriptions`. Default: nobody is. */
  readonly onUnknown?: (request: string) => void;
}

/** Answers by the first route that has the method and the path of a request. */
export function listener(props: ListenerProps): RequestListener {
  return (request, response) => {
    void answer(request, props).then((reply) => send(request, response, reply));
  };
}

async function answer(request: IncomingMessage, { routes, admit, onUnknown }: ListenerProps): Promise<Reply> {
  try {
    admit?.(request);
    // Some clients write two slashes in front, which would begin with a host.
    const path = (request.url ?? "/").replace(/^\/+/, "/");
    const { pathname, searchParams: query } = new URL(path, "https://localhost");
    const content = await buffer(request);
    for (const route of typeof routes === "function" ? routes() : routes) {
      const names = route.method === request.method ? namesIn(route, pathname) : undefined;
      if (names === undefined) continue;
      const { headers } = request;
      const host = (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
      const answered = await route.handle({ host, names, query, content, body: jsonOf(headers, content) });
      if (answered === LEFT) continue;
      return answered instanceof Reply ? answered : new Reply(200, answered);
    }
    onUnknown?.(`${request.method} ${request.headers.host ?? ""}${pathname}`);
    throw new ApiError(404, "InvalidResourceType", `${request.method} ${pathname} is not answered on this machine`);
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(500, "InternalServerError", String(error));
    return new Reply(known.status, known.body);
  }
}

function jsonOf(headers: IncomingMessage["headers"], content: Buffer): unknown {
  if (content.length === 0 || !/json/i.test(headers["content-type"] ?? "json")) return undefined;
  try {
    return JSON.parse(content.toString("utf8"));
  } catch {
    throw new ApiError(400, "InvalidRequestContent", "the body is not JSON");
  }
}

function send(request: IncomingMessage, response: ServerResponse, { status, body, headers }: Reply): void {
  const isText = typeof body === "string";
  const type = isText ? "text/plain" : "application/json";
  response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": "no-store", ...headers });
  const text = isText ? body : body === undefined ? "" : JSON.stringify(body);
  response.end(request.method === "HEAD" || status === 204 ? undefined : text);
}
