import type { Names } from "../environments/naming";
import type { EnvironmentSettings } from "../environments/settings/settings";
import { backfill } from "./backfill";
import type { NotebookRelease } from "./language/notebooks";
import { doorbell } from "./doorbell";
import { newWork as newWorkPipeline } from "./new-work";
import { scoring } from "./scoring";
import { startScoring } from "./start-scoring";
import { training } from "./training";
import { verification } from "./verification";

/** Every pipeline of the factory, on one release of the notebooks. */
export function pipelinesOf(
  release: NotebookRelease,
  { lakeContainer, credential }: Pick<Names, "lakeContainer" | "credential">,
  { gatherSeconds, newWork: receiver }: EnvironmentSettings["scoring"],
) {
  const lake = `${lakeContainer}/` as const;
  const asking = { release, credential, gatherSeconds };
  const newWork = receiver && newWorkPipeline({ release, credential, lake, receiver });
  const score = scoring(release, lake, newWork);
  const start = startScoring({ ...asking, scoring: score });
  return {
    ...(newWork && { newWork }),
    training: training(release, lake),
    scoring: score,
    startScoring: start,
    doorbell: doorbell({ ...asking, startScoring: start }),
    verification: verification(release, lake),
    backfill: backfill(release, lake),
  };
}

export type Pipelines = ReturnType<typeof pipelinesOf>;
