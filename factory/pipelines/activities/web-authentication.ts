import { z } from "zod";
import { asText, json, type Json } from "../../json";

const secret = z.union([
  z.looseObject({ type: z.string().regex(/^SecureString$/i), value: json }).transform(({ value }) => value),
  z.string(),
]);

const basic = z.looseObject({
  type: z.string().regex(/^Basic$/i),
  username: json,
  password: secret,
});

const typed = z.looseObject({ type: z.string() });

/** How a WebActivity authenticates itself. */
export class WebAuthentication {
  private readonly basic: z.infer<typeof basic> | undefined;

  constructor(private readonly written: Json) {
    this.basic = basic.safeParse(written).data;
  }

  /** Why it cannot be done here; `undefined` where it can. */
  get whyNot(): string | undefined {
    if (this.basic !== undefined) return undefined;
    const type = typed.safeParse(this.written).data?.type ?? "";
    return /^Basic$/i.test(type)
      ? "authenticates itself with a password that is not here, which is done by a stub only"
      : `authenticates itself as ${type || "a credential"}, for which nothing can be had here: a stub has to answer for it`;
  }

  /** The headers that a call has for it. */
  headers(evaluate: (value: Json) => Json): Readonly<Record<string, string>> {
    if (this.basic === undefined) return {};
    const { username, password } = this.basic;
    const pair = `${asText(evaluate(username))}:${asText(evaluate(password))}`;
    return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
  }
}
