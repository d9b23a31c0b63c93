/** An expression that the factory cannot read or evaluate. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** A parameter of a wrong type or value; its message goes on from the function's name. */
export class ParameterError extends Error {}
