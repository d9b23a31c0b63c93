import type { EnvironmentSettings } from "../../environments/settings/settings";

/** A group as Databricks' permissions name it. */
export interface Group {
  readonly groupName: string;
}

/** The groups of people; empty where nobody is meant. */
export interface People {
  readonly dataScientists: readonly Group[];
  readonly operators: readonly Group[];
}

/**
 * The groups of an environment by their names alone: a plan that looked them up would have to enter the workspace, which whoever only plans
 * may not. `npm run preflight` asks the workspace for them.
 */
export function peopleOf({ dataScientists, operators }: EnvironmentSettings["access"]): People {
  const group = (groupName: string | undefined): readonly Group[] => (groupName === undefined ? [] : [{ groupName }]);
  return { dataScientists: group(dataScientists), operators: group(operators) };
}
