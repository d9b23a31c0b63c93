import { UserError } from "../../command-line/user-error";

export interface Call {
  readonly method?: "GET" | "POST" | "PATCH";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Asks a REST interface. Throws `UserError` with what it says where it refuses. */
export async function call<T>(url: string, { method = "GET", headers, body }: Call): Promise<T> {
  const response = await fetch(url, {
    method,
    headers: { "content-type": "application/json", ...headers },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new UserError(`${method} ${url} is answered ${response.status}: ${text.slice(0, 300)}`);
  return JSON.parse(text || "null") as T;
}

/** What both services take at most, in characters. */
const LONGEST = 60_000;

/** A text that fits, and says where the rest is. */
export function fitting(markdown: string): string {
  if (markdown.length <= LONGEST) return markdown;
  return `${markdown.slice(0, LONGEST)}\n\n…shortened: the log of this run has the rest.\n`;
}
