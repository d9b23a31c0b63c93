import { type Problem, problemLine } from "./problem";

/** Something that whoever uses the factory can put right: the message names it, its value and what is allowed, a line for each problem. */
export class FactoryError extends Error {
  override readonly name = "FactoryError";
  /** Everything that is wrong. */
  readonly problems: readonly Problem[];

  constructor(wrong: string | readonly Problem[]) {
    const problems = typeof wrong === "string" ? [{ message: wrong }] : wrong;
    super(problems.map(problemLine).join("\n"));
    this.problems = problems;
  }
}
