/** Something that whoever uses the factory can put right: the message names it, its value and what is allowed. */
export class FactoryError extends Error {
  override readonly name = "FactoryError";
}
