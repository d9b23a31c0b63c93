/** An expression that the factory cannot read or evaluate. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}
