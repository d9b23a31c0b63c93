import type { Names } from "../environments/naming";
import type { NotebookRelease } from "./language/notebooks";
import { scoring } from "./scoring";
import { training } from "./training";
import { verification } from "./verification";

/** Every pipeline of the factory, on one release of the notebooks. */
export function pipelinesOf(release: NotebookRelease, { lakeContainer }: Pick<Names, "lakeContainer">) {
  const lake = `${lakeContainer}/` as const;
  return {
    training: training(release, lake),
    scoring: scoring(release, lake),
    verification: verification(release, lake),
  };
}

export type Pipelines = ReturnType<typeof pipelinesOf>;
