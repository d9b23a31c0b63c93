import type { Names } from "../environments/naming";
import type { NotebookRelease } from "./language/notebooks";
import { doorbell } from "./doorbell";
import { scoring } from "./scoring";
import { startScoring } from "./start-scoring";
import { training } from "./training";
import { verification } from "./verification";

/** Every pipeline of the factory, on one release of the notebooks. */
export function pipelinesOf(
  release: NotebookRelease,
  { lakeContainer, credential }: Pick<Names, "lakeContainer" | "credential">,
) {
  const lake = `${lakeContainer}/` as const;
  const score = scoring(release, lake);
  const start = startScoring(release, credential, score);
  return {
    training: training(release, lake),
    scoring: score,
    startScoring: start,
    doorbell: doorbell(release, credential, start),
    verification: verification(release, lake),
  };
}

export type Pipelines = ReturnType<typeof pipelinesOf>;
