import type { CommandContext } from "../command/command";
import type { Runtime } from "../command/runtime";
import type { RunFolder } from "../job/run-folder";
import type { Blueprint } from "../synthesized/blueprint";
import type { Exploration } from "./options";

/** A command that runs one notebook. */
export interface ExploreContext extends CommandContext, Exploration {
  /** The repository. */
  readonly root: string;
}

/** What a notebook runs on: the state of the last run, and the release as it is synthesized now. */
export interface Opened extends ExploreContext {
  readonly blueprint: Blueprint;
  readonly folder: RunFolder;
  readonly runtime: Runtime;
}
