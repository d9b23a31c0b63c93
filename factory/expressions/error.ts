/** An expression that the factory cannot read or evaluate. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";

  constructor(
    message: string,
    /** Where in the text, from 1; `undefined` where it is no matter of one place. */
    readonly position?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A parameter of a wrong type or value; its message goes on from the function's name. */
export class ParameterError extends Error {}

/** A parameter of a type that a function never takes, whatever its value. */
export class ParameterTypeError extends ParameterError {}
