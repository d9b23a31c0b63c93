import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { IncomingMessage, RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { ApiError } from "./api-error";
import { type Certificate, makeCertificate } from "./certificate";
import { listener, type ListenerProps } from "./listener";
import { hasToken, namesThisMachine } from "./trust";

export type ServerProps = Pick<ListenerProps, "routes" | "onUnknown">;

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
    const answering: RequestListener = listener({ ...props, admit: (request) => requireTrust(request, token) });
    const server = createServer({ cert: certificate, key }, answering);
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

function requireTrust({ headers }: IncomingMessage, token: string): void {
  if (headers.origin !== undefined || !namesThisMachine(headers))
    throw new ApiError(403, "Forbidden", "only programs on this machine are answered, no page in a browser");
  if (!hasToken(headers, token))
    throw new ApiError(401, "InvalidAuthenticationToken", "the token is not that of this server");
}
