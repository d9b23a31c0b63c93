import { checkFactory } from "../load";
import { withInner } from "../pipelines/activities/load";
import type { Pipeline } from "../pipelines/pipeline";
import { partsOfRun } from "../sources/parts";
import { readFactory } from "../sources/read-factory";
import { type CommandLine, required } from "./command-line";
import { type Problem, problemLine } from "../problem";
import type { ExitCode, Output } from "./main";

/** Says what of a factory cannot run here, or what a run of one pipeline meets; nothing is run. */
export function validate(line: CommandLine, { out, err }: Output): ExitCode {
  const parts = readFactory(required(line, "factory"));
  const { definition, problems, warnings } = checkFactory(
    line.subject === undefined ? parts : partsOfRun(parts, line.subject),
  );
  const stubbed = (definition?.pipelines ?? []).flatMap(needsStubs);
  [...warnings, ...stubbed].forEach((warning) => err(`warning: ${problemLine(warning)}`));
  if (definition === undefined) {
    problems.forEach((problem) => err(problemLine(problem)));
    err(`${problems.length} problem${problems.length === 1 ? "" : "s"}`);
    return 1;
  }
  const { pipelines, blobEventsTriggers, scheduleTriggers, tumblingWindowTriggers } = definition;
  const triggers = blobEventsTriggers.length + scheduleTriggers.length + tumblingWindowTriggers.length;
  out(`${definition.name}: ${pipelines.length} pipelines and ${triggers} triggers can run`);
  return 0;
}

function needsStubs({ name, activities }: Pipeline): readonly Problem[] {
  return activities
    .flatMap(withInner)
    .flatMap(({ name: activity, work, inactive }) =>
      work.onlyByStub !== undefined && inactive === undefined
        ? [{ resource: `pipeline "${name}"`, activity, message: work.onlyByStub }]
        : [],
    );
}
