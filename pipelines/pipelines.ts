import type { NotebookRelease } from "./language/notebooks";
import { scoring } from "./scoring";
import { training } from "./training";
import { verification } from "./verification";

/** Every pipeline of the factory, on one release of the notebooks. */
export const pipelinesOf = (release: NotebookRelease) => ({
  training: training(release),
  scoring: scoring(release),
  verification: verification(release),
});

export type Pipelines = ReturnType<typeof pipelinesOf>;
