import type { PipelineRun } from "adf-local";
import { trainingExit, type TrainedExit, type TrainingExit } from "../../contract/exits";
import { COMPONENTS } from "../../contract/parts";

/** How good a component's model is, each with the name that people give it. */
export const MEASURES = [
  ["precision", "precision"],
  ["recall", "recall"],
  ["f1", "F1"],
  ["pr_auc", "PR-AUC"],
] as const;

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

/** An exit value with costs. */
export type CostedExit = TrainedExit & {
  readonly metrics: { readonly [Name in "costs" | "savings"]: NonNullable<TrainedExit["metrics"][Name]> };
};

/** Whether it says what the hold-out costs: an older release did not. */
export const isCosted = (training: TrainingExit): training is CostedExit =>
  hasModel(training) && training.metrics.costs !== null && training.metrics.savings !== null;

/** Whether its probabilities were held against what came true: an older release did not. */
export const isCalibrated = (training: TrainingExit): training is TrainedExit =>
  hasModel(training) && training.metrics[COMPONENTS[0]].horizons.length > 0;
