/** What a handler returns that leaves the request to later routes. */
export const LEFT = Symbol("left to later routes");

/** An answer that is more than JSON with the status 200. */
export class Reply {
  constructor(
    readonly status: number,
    /** JSON, or text as it is; `undefined` is an answer without content. */
    readonly body: object | string | undefined = undefined,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {}
}
