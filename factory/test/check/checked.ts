import { checkFactory } from "../../load";
import { problemLine } from "../../problem";

interface Given {
  readonly pipelines: readonly object[];
  readonly triggers?: readonly object[];
  readonly globalParameters?: object;
  /** False: the factory itself was not read. */
  readonly isComplete?: boolean;
}

/** The lines of what is wrong with a factory, and of what may not be meant. */
export function checked({ pipelines, triggers = [], globalParameters = {}, isComplete = true }: Given) {
  const { problems, warnings } = checkFactory({
    name: "plant",
    globalParameters: { json: globalParameters, isComplete },
    pipelines: pipelines.map((json) => ({ json })),
    triggers: triggers.map((json) => ({ json })),
    datasets: [],
    linkedServices: [],
    referable: new Map(),
    problems: [],
    warnings: [],
  });
  return { problems: problems.map(problemLine), warnings: warnings.map(problemLine) };
}
