import type { Problem } from "../problem";

const LOOPS = ["ForEach", "Until"];
const BRANCHES = ["IfCondition", "Switch"];

/** A container that an activity lies in. */
export interface Container {
  readonly name: string;
  readonly type: string;
}

/** Why the service refuses an activity where it is; `undefined` where it takes it. */
export function nestingProblem({ name, type }: Container, outside: readonly Container[]): Problem | undefined {
  const forbidden = LOOPS.includes(type)
    ? outside.at(-1)
    : BRANCHES.includes(type)
      ? outside.find((container) => BRANCHES.includes(container.type))
      : type === "Validation"
        ? outside.at(-1)
        : undefined;
  if (forbidden === undefined) return undefined;
  return {
    activity: name,
    message: `the service takes no ${type} inside the ${forbidden.type} "${forbidden.name}", put it into a pipeline of its own and call that with ExecutePipeline`,
  };
}
