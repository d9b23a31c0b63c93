import type { App } from "cdktf";
import { DefinitionError } from "../pipelines/language/definition-error";

/** Throws one `DefinitionError` with the problems of all stacks; synth itself would stop at the first stack that has some. */
export function validate(app: App): void {
  const problems = app.node
    .findAll()
    .flatMap((construct) => construct.node.validate().map((problem) => `${construct.node.path}: ${problem}`));
  if (problems.length > 0) throw new DefinitionError("The platform", problems);
}
