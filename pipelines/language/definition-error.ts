/** What is wrong with a pipeline, a trigger or a notebook, all of it in one message; the reader needs no stack trace. */
export class DefinitionError extends Error {
  constructor(
    subject: string,
    readonly problems: readonly string[],
  ) {
    super([`${subject} is not valid:`, ...problems].join("\n  "));
  }
}
