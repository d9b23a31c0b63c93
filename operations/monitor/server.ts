import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { hasToken, namesThisMachine } from "azure-laptop";
import { z } from "zod";
import { parseJson } from "../../command-line/json";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import { explain } from "../azure-errors";
import type { FactoryView } from "./factory-view";
import { withFirings } from "./firings";
import { Questions } from "./questions";
import type { LaptopView } from "./laptop-view";

/** What the page shows. */
export interface Watched {
  /** Such as `dev` or `dev on this machine`. */
  readonly title: string;
  readonly view: FactoryView;
  /** What only this machine shows; absent: the factory is in Azure. */
  readonly laptop?: LaptopView;
  /** After how many seconds the page asks again. */
  readonly seconds: number;
  /** Whether a change is done only once it is asked for twice. */
  readonly isAskedTwice: boolean;
}

const PAGE = path.join(__dirname, "page");
const script = (name: string) => [path.join(PAGE, name), "text/javascript"] as const;
/** What the page is made of. No build step: the browser reads the modules as they are published. */
const FILES: Readonly<Record<string, readonly [file: string, type: string]>> = {
  "/": [path.join(PAGE, "index.html"), "text/html"],
  "/common.css": [path.join(__dirname, "../../local/report/common.css"), "text/css"],
  "/monitor.css": [path.join(PAGE, "monitor.css"), "text/css"],
  "/monitor.js": script("monitor.js"),
  "/findings.js": script("findings.js"),
  "/graph.js": script("graph.js"),
  "/table.js": script("table.js"),
  "/preact.js": [require.resolve("preact"), "text/javascript"],
  "/htm.js": [path.join(path.dirname(require.resolve("htm")), "htm.module.js"), "text/javascript"],
};
const POLICY = "default-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

class Refused extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const change = z.object({
  runId: z.string().min(1),
  fromFailure: z.boolean().default(false),
  confirmed: z.string().optional(),
});

/** Serves the page to whoever on this machine has its URL. */
export class MonitorServer {
  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {}

  static async start(watched: Watched, port = 0): Promise<MonitorServer> {
    const token = randomBytes(24).toString("base64url");
    const questions = new Questions();
    const server = createServer((request, response) => void serve(request, response, watched, questions, token));
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return new MonitorServer(server, token);
  }

  /** With the token, without which nothing is shown. */
  get url(): string {
    const { port } = this.server.address() as AddressInfo; // it listens at a port, not at a pipe
    return `http://127.0.0.1:${port}/#${this.token}`;
  }

  async stop(): Promise<void> {
    const closed = once(this.server, "close");
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  watched: Watched,
  questions: Questions,
  token: string,
): Promise<void> {
  try {
    requireThisMachine(request);
    const url = new URL(request.url ?? "/", "http://localhost");
    const file = request.method === "GET" ? FILES[url.pathname] : undefined;
    if (file !== undefined) return send(response, 200, file[1], readFileSync(file[0]));
    requireToken(request, token);
    const answer = await answerTo(request, url, watched, questions);
    send(response, 200, "application/json", JSON.stringify(answer));
  } catch (error) {
    const status = error instanceof Refused ? error.status : error instanceof UserError ? 400 : 502;
    send(response, status, "application/json", JSON.stringify({ problem: explain(error) ?? messageOf(error) }));
  }
}

async function answerTo(
  request: IncomingMessage,
  { pathname, searchParams }: URL,
  { title, view, laptop, seconds, isAskedTwice }: Watched,
  questions: Questions,
): Promise<unknown> {
  switch (`${request.method} ${pathname}`) {
    case "GET /api/factory": {
      const [pipelines, triggers] = await Promise.all([view.resources("pipelines"), view.resources("triggers")]);
      const shown = { title, seconds, pipelines, triggers: withFirings(triggers, new Date()) };
      return { ...shown, findings: laptop?.findings() ?? null };
    }
    case "GET /api/runs":
      return view.runs();
    case "GET /api/activities":
      return (await view.activities(searchParams.get("run") ?? "")).map((activity) => ({
        ...activity,
        printed: laptop?.printedBy(activity) ?? null,
      }));
    case "POST /api/cancel":
    case "POST /api/rerun": {
      const { runId, fromFailure, confirmed } = parseJson("the request", change, await text(request));
      const what = `${pathname} ${runId} ${fromFailure}`;
      if (isAskedTwice && !questions.isConfirmed(what, confirmed)) return { confirm: questions.ask(what) };
      if (pathname === "/api/cancel") await view.cancel(runId);
      return pathname === "/api/cancel" ? {} : { runId: await view.rerun(runId, fromFailure) };
    }
    default:
      throw new Refused(404, `${request.method} ${pathname} is not answered`);
  }
}

/** Neither another host name nor a page of another site. */
function requireThisMachine({ headers }: IncomingMessage): void {
  const { host, origin } = headers;
  if (!namesThisMachine(headers) || (origin !== undefined && origin !== `http://${host}`))
    throw new Refused(403, "only this page, on this machine, is answered");
}

function requireToken({ headers }: IncomingMessage, token: string): void {
  if (!hasToken(headers, token))
    throw new Refused(401, "the URL lacks the token: use the one that the program printed");
}

function send(response: ServerResponse, status: number, type: string, content: string | Buffer): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy": POLICY,
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  });
  response.end(content);
}
