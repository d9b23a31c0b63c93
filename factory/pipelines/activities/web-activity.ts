import { z } from "zod";
import { held } from "../../clock";
import { evaluateJson } from "../../expressions/template";
import type { Scope } from "../../expressions/evaluator";
import { asText, isObject, json, type Json, type JsonObject, parseJson } from "../../json";
import { isLoopback } from "../../loopback";
import { parseTimeSpan, withTimeout } from "../policy";
import type { Work, WorkContext } from "./activity";
import { ActivityError } from "./activity-error";
import { flag } from "./properties";

const LARGEST_RESPONSE = 4 * 1024 * 1024;
const LONGEST_TIMEOUT = 600;

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

/** Calls an endpoint: on this machine for real, elsewhere by a stub. */
export class WebActivity implements Work {
  readonly inner = [];
  readonly hasPolicy = true;
  private readonly properties: z.infer<typeof properties>;

  constructor(typeProperties: unknown) {
    this.properties = properties.parse(typeProperties);
  }

  needsStub(): string | undefined {
    const { url, authentication } = this.properties;
    if (authentication !== undefined) return "authenticates itself, which is done here by a stub only";
    if (typeof url !== "string" || url.includes("@") || isLoopback(url)) return undefined;
    return `calls ${url}, which is not on this machine`;
  }

  async run({ scope, signal, clock }: WorkContext): Promise<JsonObject> {
    const { url: written, httpRequestTimeout } = this.properties;
    const url = asText(evaluateJson(written, scope));
    if (!isLoopback(url)) throw new Error(`the url ${url} is not on this machine: a stub has to answer for it`);
    const seconds = parseTimeSpan(evaluateJson(httpRequestTimeout, scope), "httpRequestTimeout");
    if (seconds > LONGEST_TIMEOUT)
      throw new Error(`httpRequestTimeout is ${seconds} s, at most 10 minutes are allowed`);
    return withTimeout(seconds, clock, signal, (either) => held(clock, () => this.call(url, scope, either)));
  }

  private async call(url: string, scope: Scope, signal: AbortSignal): Promise<JsonObject> {
    const { method, headers, body, turnOffAsync } = this.properties;
    const text = (value: Json) => asText(evaluateJson(value, scope));
    const response = await fetch(url, {
      method,
      signal,
      headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, text(value)])),
      // It could lead away from this machine.
      redirect: "manual",
      ...(body !== undefined && method !== "GET" && { body: text(body) }),
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new ActivityError(`Error calling the endpoint '${url}': ${String(error)}`, CALL_FAILED);
    });
    const content = await response.text();
    if (!response.ok)
      throw new ActivityError(
        `Error calling the endpoint '${url}'. Response status code: '${response.status}'. Response: ${content}`,
        CALL_FAILED,
      );
    if (response.status === 202 && response.headers.has("location") && !turnOffAsync)
      throw new Error(`'${url}' answers 202 with a location: asking that again is done here by a stub only`);
    return { ...toOutput(content), ADFWebActivityResponseHeaders: Object.fromEntries(response.headers) };
  }
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
