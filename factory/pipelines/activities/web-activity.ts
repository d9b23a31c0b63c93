import { z } from "zod";
import { type Clock, held } from "../../clock";
import { evaluateJson } from "../../expressions/template";
import { asText, isObject, json, type Json, type JsonObject, parseJson } from "../../json";
import { isLoopback } from "../../loopback";
import { OwnApi } from "../../management/own-api";
import { parseTimeSpan, withTimeout } from "../policy";
import type { Work, WorkContext } from "./activity";
import { ActivityError } from "./activity-error";
import { flag } from "./properties";
import { WebAuthentication } from "./web-authentication";

const LARGEST_RESPONSE = 4 * 1024 * 1024;
const LONGEST_TIMEOUT = 600;

/** How long it waits before it asks again, in seconds, where the answer does not say it; the service does not tell its own. */
const POLL_SECONDS = 1;

/** The service's code for a call that did not succeed. */
const CALL_FAILED = { errorCode: "2108" };

const properties = z.looseObject({
  url: json,
  method: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"])),
  headers: z.record(z.string(), json).default({}),
  body: json.optional(),
  authentication: json.optional(),
  turnOffAsync: flag,
  httpRequestTimeout: json.default("00:01:00"),
});

/** What is asked, without its url. */
interface Request {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How it is asked. */
interface Call {
  readonly timeoutSeconds: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Calls an endpoint: on this machine for real, elsewhere by a stub. */
export class WebActivity implements Work {
  readonly inner = [];
  readonly hasPolicy = true;
  private readonly properties: z.infer<typeof properties>;
  private readonly authentication: WebAuthentication | undefined;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
    const { authentication } = this.properties;
    this.authentication = authentication === undefined ? undefined : new WebAuthentication(authentication);
  }

  needsStub(): string | undefined {
    const { url } = this.properties;
    if (OwnApi.isAskedBy(isObject(url) ? asText(url["value"] ?? "") : asText(url))) return undefined;
    if (this.authentication?.whyNot !== undefined) return this.authentication.whyNot;
    if (typeof url !== "string" || url.includes("@") || isLoopback(url)) return undefined;
    return `calls ${url}, which is not on this machine`;
  }

  async run({ scope, signal, clock, keepInput, ownApi }: WorkContext): Promise<JsonObject> {
    const { method, turnOffAsync, body } = this.properties;
    const evaluate = (value: Json) => evaluateJson(value, scope);
    const url = asText(evaluate(this.properties.url));
    const written = Object.entries(this.properties.headers).map(([name, value]) => [name, asText(evaluate(value))]);
    const headers: Readonly<Record<string, string>> = Object.fromEntries(written);
    const sent = body !== undefined && method !== "GET" ? asText(evaluate(body)) : undefined;
    keepInput({ url, method, headers, ...(sent !== undefined && { body: sent }) });
    const timeoutSeconds = parseTimeSpan(evaluate(this.properties.httpRequestTimeout), "httpRequestTimeout");
    if (timeoutSeconds > LONGEST_TIMEOUT)
      throw new Error(`httpRequestTimeout is ${timeoutSeconds} s, at most 10 minutes are allowed`);
    const own = ownApi.answer({ method, url, body: sent });
    if (own !== undefined) return { ...toOutput(checked(url, own)), ADFWebActivityResponseHeaders: {} };
    const whyNot = this.authentication?.whyNot;
    if (whyNot !== undefined) throw new Error(`${url}: it ${whyNot}`);
    const call = { timeoutSeconds, clock, signal };
    const all = { ...headers, ...this.authentication?.headers(evaluate) };
    const answer = await ask(url, { method, headers: all, ...(sent !== undefined && { body: sent }) }, call);
    const { content, headers: received } = turnOffAsync ? answer : await finished(answer, all, call);
    return { ...toOutput(content), ADFWebActivityResponseHeaders: received };
  }
}

interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly content: string;
}

/** Asks where a 202 says that the answer will be, until it is there. Only the activity's own timeout ends this. */
async function finished(first: Answer, headers: Request["headers"], call: Call): Promise<Answer> {
  let answer = first;
  for (;;) {
    const { location, "retry-after": retryAfter } = answer.headers;
    if (answer.status !== 202 || location === undefined) return answer;
    const seconds = Number(retryAfter ?? POLL_SECONDS);
    await call.clock.sleep((seconds >= 0 ? seconds : POLL_SECONDS) * 1000, call.signal);
    const { headers: received, ...next } = await ask(
      new URL(location, answer.url).href,
      { method: "GET", headers },
      call,
    );
    // A later answer may leave out where to ask.
    answer = { ...next, headers: { ...(next.status === 202 && { location }), ...received } };
  }
}

async function ask(url: string, request: Request, { timeoutSeconds, clock, signal }: Call): Promise<Answer> {
  if (!isLoopback(url)) throw new Error(`the url ${url} is not on this machine: a stub has to answer for it`);
  return withTimeout(timeoutSeconds, clock, signal, (either) => held(clock, () => send(url, request, either)));
}

function failed(url: string, why: string): ActivityError {
  return new ActivityError(`Error calling the endpoint '${url}'${why}`, CALL_FAILED);
}

/** The content of an answer; throws where its status is no success. */
function checked(url: string, { status, content }: Pick<Answer, "status" | "content">): string {
  if (status < 200 || status > 299) throw failed(url, `. Response status code: '${status}'. Response: ${content}`);
  return content;
}

async function send(url: string, request: Request, signal: AbortSignal): Promise<Answer> {
  // A redirection could lead away from this machine.
  const response = await fetch(url, { ...request, signal, redirect: "manual" }).catch((error: unknown) => {
    signal.throwIfAborted();
    throw failed(url, `: ${String(error)}`);
  });
  const { status } = response;
  const content = checked(url, { status, content: await response.text() });
  return { url, status, headers: Object.fromEntries(response.headers), content };
}

function toOutput(content: string): JsonObject {
  const bytes = Buffer.byteLength(content);
  if (bytes > LARGEST_RESPONSE)
    throw new ActivityError(`the response has ${bytes} bytes, at most ${LARGEST_RESPONSE} are allowed`, {
      errorCode: "2001",
    });
  if (content.trim() === "") return {};
  const value = parsed(content);
  if (!isObject(value)) throw new ActivityError("Response Content is not a valid JObject", CALL_FAILED);
  return value;
}

function parsed(content: string): Json | undefined {
  try {
    return parseJson(content);
  } catch {
    return undefined;
  }
}
