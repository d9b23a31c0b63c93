import type { PipelineRun } from "adf-local";
import { trainingExit, type TrainedExit, type TrainingExit } from "../../contract/exits";

/** The exit value of the last successful training notebook, if there was one. */
export function lastTraining(runs: readonly PipelineRun[]): TrainingExit | undefined {
  return runs
    .flatMap(({ activities }) => activities)
    .filter(({ status }) => status === "Succeeded")
    .map(({ output }) => trainingExit.safeParse(output?.["runOutput"]).data)
    .filter((exit) => exit !== undefined)
    .at(-1);
}

/** Whether the training made a version of the model. */
export const hasModel = (training: TrainingExit): training is TrainedExit => training.model_version !== "";
