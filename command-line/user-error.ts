/** Something the user can put right: shown as one line without a stack trace, and the command exits with `exitCode`. */
export class UserError extends Error {
  override readonly name = "UserError";

  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}
