import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import { makeCertificate } from "./certificate";
import { listener } from "./listener";
import { isSecret } from "./trust";

/** A service of Azure that is answered here. */
export interface Service {
  /** Names of hosts; a star stands for one part of a name. */
  readonly hosts: readonly string[];
  readonly answer: RequestListener;
}

export interface AzureProxyProps {
  readonly services: readonly Service[];
  /** Told of each request to a host of Azure that no service has, as `GET plant.vault.azure.net/secrets`. */
  readonly onUnknown: (request: string) => void;
  /** The proxy that leads to other hosts, such as `http://proxy:3128`. Default: they are reached without one. */
  readonly upstream?: string | undefined;
}

/** Names below these are Azure's own: they are answered here or not at all. */
const AZURE = /(^|\.)(azure\.com|azure\.net|azuredatabricks\.net|windows\.net|microsoftonline\.com|microsoft\.com)$/;

/**
 * A proxy on 127.0.0.1 which answers in the place of Azure's hosts, so that Terraform's providers, `az` and SDKs work with it as they are. It
 * leads to other hosts, such as Terraform's registry, and nothing that is asked of Azure ever leaves the machine.
 */
export class AzureProxy {
  private constructor(
    private readonly proxy: Server,
    /** Those that have been led somewhere: the server no longer counts them as its own. */
    private readonly sockets: ReadonlySet<Duplex>,
    /** PEM; of Azure's hosts, and of no use to others: its key is in this process alone. */
    readonly certificate: string,
    private readonly token: string,
  ) {}

  static async start({ services, onUnknown, upstream }: AzureProxyProps): Promise<AzureProxy> {
    const { certificate, key } = await makeCertificate(services.flatMap(({ hosts }) => hosts));
    const token = randomBytes(32).toString("base64url");
    const byHost = services.map(({ hosts, answer }) => ({ pattern: patternOf(hosts), answer }));
    const unknown = listener({ routes: [], onUnknown });
    const serviceOf = (host = "") => byHost.find(({ pattern }) => pattern.test(host.replace(/:\d+$/, "")))?.answer;
    const secure = createTlsServer({ cert: certificate, key }, (request, response) =>
      (serviceOf(request.headers.host) ?? unknown)(request, response),
    );
    const proxy = createServer((_, response) => response.writeHead(405).end());
    const sockets = new Set<Duplex>();
    proxy.on("connect", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      sockets.add(socket.on("error", () => socket.destroy()).once("close", () => sockets.delete(socket)));
      if (!isAllowed(request, token)) {
        socket.end("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n");
        return;
      }
      const [host = "", port = "443"] = (request.url ?? "").toLowerCase().split(":");
      if (AZURE.test(host)) {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        if (head.length > 0) socket.unshift(head);
        secure.emit("connection", socket);
      } else lead(socket, head, `${host}:${port}`, upstream);
    });
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    return new AzureProxy(proxy, sockets, certificate, token);
  }

  /** Whoever has it is let in: what `HTTPS_PROXY` is to be. */
  get url(): string {
    const { port } = this.proxy.address() as AddressInfo; // it listens at a port, not at a pipe
    return `http://laptop:${this.token}@127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.proxy, "close");
    this.proxy.close();
    this.proxy.closeAllConnections();
    this.sockets.forEach((socket) => socket.destroy());
    await closed;
  }
}

function patternOf(hosts: readonly string[]): RegExp {
  const patterns = hosts.map((host) => host.replaceAll(".", "\\.").replaceAll("*", "[^.]+"));
  return new RegExp(`^(${patterns.join("|")})$`, "i");
}

function isAllowed({ headers }: IncomingMessage, token: string): boolean {
  const wanted = `Basic ${Buffer.from(`laptop:${token}`).toString("base64")}`;
  return isSecret(headers["proxy-authorization"], wanted);
}

/** Connects to a host that is none of Azure's, itself or through another proxy, which then answers for it. */
function lead(socket: Duplex, head: Buffer, address: string, upstream: string | undefined): void {
  const next = new URL(upstream ?? `http://${address}`);
  const other = connect(Number(next.port || 80), next.hostname);
  other.once("connect", () => {
    if (upstream === undefined) socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    else other.write(`CONNECT ${address} HTTP/1.1\r\nHost: ${address}\r\n${credentialsFor(next)}\r\n`);
    other.write(head);
    other.pipe(socket).pipe(other);
  });
  other.once("error", () => socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
  socket.once("close", () => other.destroy());
}

function credentialsFor({ username, password }: URL): string {
  if (username === "") return "";
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Proxy-Authorization: Basic ${Buffer.from(credentials).toString("base64")}\r\n`;
}
