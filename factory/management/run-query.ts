import { z } from "zod";
import type { MonitoredPipelineRun } from "../runs/monitoring";

/** Runs of one answer, at most; a continuation token asks for the next ones. */
const PAGE = 100;

const time = z.iso.datetime({ offset: true, error: "a time in ISO 8601" }).transform((text) => Date.parse(text));

const filter = z.object({
  operand: z.enum(["PipelineName", "Status", "RunStart", "RunEnd", "RunGroupId", "LatestOnly"]),
  operator: z.enum(["Equals", "NotEquals", "In", "NotIn"]),
  values: z.array(z.union([z.string(), z.boolean().transform(String)])).min(1),
});

const order = z.object({
  orderBy: z.enum(["PipelineName", "Status", "RunStart", "RunEnd"]),
  order: z.enum(["ASC", "DESC"]),
});

const query = z.object({
  lastUpdatedAfter: time,
  lastUpdatedBefore: time,
  filters: z.array(filter).default([]),
  orderBy: z.array(order).default([]),
  continuationToken: z.string().regex(/^\d+$/).transform(Number).nullish(),
});

type Filter = z.infer<typeof filter>;
type Order = z.infer<typeof order>;

/** A page of runs. */
export interface RunPage {
  readonly value: readonly MonitoredPipelineRun[];
  /** Asks for the runs after these; absent behind the last ones. */
  readonly continuationToken?: string;
}

/**
 * What `queryPipelineRuns` of the REST API 2018-06-01 answers: the runs that were updated in a time and that all filters let through, 100 at
 * most. Throws a `ZodError` for a question that the service refuses.
 */
export function queryRuns(question: unknown, runs: readonly MonitoredPipelineRun[]): RunPage {
  const { lastUpdatedAfter, lastUpdatedBefore, filters, orderBy, continuationToken } = query.parse(question);
  const begin = continuationToken ?? 0;
  const found = runs
    .filter(({ lastUpdated }) => Date.parse(lastUpdated) >= lastUpdatedAfter)
    .filter(({ lastUpdated }) => Date.parse(lastUpdated) <= lastUpdatedBefore)
    .filter((run) => filters.every((one) => passes(run, one)));
  // Of runs that began at one time each question must find the same order.
  const sorted = found.sort((one, other) => {
    const differences = orderBy.map((wanted) => compare(one, other, wanted));
    return differences.find((difference) => difference !== 0) ?? (one.runId < other.runId ? -1 : 1);
  });
  const end = begin + PAGE;
  return { value: sorted.slice(begin, end), ...(end < sorted.length && { continuationToken: String(end) }) };
}

function passes(run: MonitoredPipelineRun, { operand, operator, values }: Filter): boolean {
  const found = values.some((value) => value.toLowerCase() === valueOf(run, operand).toLowerCase());
  return operator === "Equals" || operator === "In" ? found : !found;
}

function compare(one: MonitoredPipelineRun, other: MonitoredPipelineRun, { orderBy, order }: Order): number {
  const [first, second] = [valueOf(one, orderBy), valueOf(other, orderBy)];
  if (first === second) return 0;
  return first < second === (order === "ASC") ? -1 : 1;
}

function valueOf(run: MonitoredPipelineRun, operand: Filter["operand"]): string {
  switch (operand) {
    case "PipelineName":
      return run.pipelineName;
    case "Status":
      return run.status;
    case "RunStart":
      return run.runStart;
    case "RunEnd":
      return run.runEnd ?? "";
    case "RunGroupId":
      return run.runGroupId;
    case "LatestOnly":
      return String(run.isLatest);
  }
}
