/** The stacks of every environment, in the order in which they are deployed. */
const STACKS = ["foundation", "databricks", "data-factory", "observability"] as const;

export type StackName = (typeof STACKS)[number];

export const stackId = (environment: string, stack: StackName): string => `${environment}-${stack}`;

/** Ids of the stacks of an environment, in the order in which they are deployed. */
export const stackIds = (environment: string): readonly string[] => STACKS.map((stack) => stackId(environment, stack));

/** The blob that keeps the state of a stack, in the container of `settings.state`. */
export const stateBlob = (id: string): string => `${id}.tfstate`;
