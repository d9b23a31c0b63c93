import type { z } from "zod";
import { parseJson } from "../../command-line/json";
import { UserError } from "../../command-line/user-error";

export type Method = "GET" | "POST" | "PATCH";

export interface Call {
  readonly method?: Method;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Asks a REST interface. Throws `UserError` with what it says where it refuses, or with what is not as expected in its answer. */
export async function call<T>(url: string, shape: z.ZodType<T>, { method = "GET", headers, body }: Call): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new UserError(`${method} ${url} is answered ${response.status}: ${text.slice(0, 300)}`);
  return parseJson(`the answer to ${method} ${url}`, shape, text || "null");
}

/** What both services take at most, in characters. */
const LONGEST = 60_000;

/** A text that fits, and says where the rest is. */
export function fitting(markdown: string): string {
  if (markdown.length <= LONGEST) return markdown;
  return `${markdown.slice(0, LONGEST)}\n\n…shortened: the log of this run has the rest.\n`;
}
