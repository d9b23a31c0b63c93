import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { ApiError } from "./api-error";
import { type Certificate, makeCertificate } from "./certificate";
import { namesIn, type Route } from "./route";
import { hasToken, namesThisMachine } from "./trust";

export interface ServerProps {
  readonly routes: readonly Route[];
  /** Told of each request that no route answers, as `GET /subscriptions`. Default: nobody is. */
  readonly onUnknown?: (request: string) => void;
}

/**
 * Answers JSON to whoever on this machine has the token. It listens on 127.0.0.1 alone, and refuses what a page in a browser sends: no page has
 * a reason to, whatever site it is of.
 */
export class LoopbackServer {
  private constructor(
    private readonly server: Server,
    readonly certificate: string,
    /** What `Authorization: Bearer` has to say. */
    readonly token: string,
  ) {}

  /** Listens at a free port. */
  static async start(props: ServerProps): Promise<LoopbackServer> {
    const { certificate, key }: Certificate = await makeCertificate();
    const token = randomBytes(32).toString("base64url");
    const server = createServer({ cert: certificate, key }, (request, response) => {
      void answer(request, token, props).then(({ status, body }) => send(response, status, body));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new LoopbackServer(server, certificate, token);
  }

  /** Such as `https://127.0.0.1:40123`. */
  get endpoint(): string {
    const { port } = this.server.address() as AddressInfo; // it listens at a port, not at a pipe
    return `https://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

interface Answer {
  readonly status: number;
  readonly body: object | undefined;
}

async function answer(request: IncomingMessage, token: string, props: ServerProps): Promise<Answer> {
  try {
    requireTrust(request, token);
    const { pathname, searchParams } = new URL(request.url ?? "/", "https://localhost");
    const body = await bodyOf(request);
    for (const route of props.routes) {
      const names = route.method === request.method ? namesIn(route, pathname) : undefined;
      if (names !== undefined) return { status: 200, body: await route.handle({ names, query: searchParams, body }) };
    }
    const unknown = `${request.method} ${pathname}`;
    props.onUnknown?.(unknown);
    throw new ApiError(404, "InvalidResourceType", `${unknown} is not answered on this machine`);
  } catch (error) {
    const known = error instanceof ApiError ? error : new ApiError(500, "InternalServerError", String(error));
    return { status: known.status, body: known.body };
  }
}

function requireTrust({ headers }: IncomingMessage, token: string): void {
  if (headers.origin !== undefined || !namesThisMachine(headers))
    throw new ApiError(403, "Forbidden", "only programs on this machine are answered, no page in a browser");
  if (!hasToken(headers, token))
    throw new ApiError(401, "InvalidAuthenticationToken", "the token is not that of this server");
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (request.headers["content-length"] === "0" || request.method === "GET") return undefined;
  const isEmpty = request.headers["content-length"] === undefined && request.headers["transfer-encoding"] === undefined;
  if (isEmpty) return undefined;
  return json(request).catch(() => {
    throw new ApiError(400, "InvalidRequestContent", "the body is not JSON");
  });
}

function send(response: ServerResponse, status: number, body: object | undefined): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" });
  response.end(body === undefined ? "" : JSON.stringify(body));
}
