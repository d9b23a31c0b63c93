import type { PipelineCoverage, Point } from "./coverage";

/** What no run has reached, as lines for a terminal: a line with figures for each pipeline, and one for each thing. */
export function coverageLines(pipelines: readonly PipelineCoverage[]): readonly string[] {
  const points = pipelines.flatMap((pipeline) => pipeline.points);
  const run = pipelines.filter(({ runs }) => runs > 0).length;
  return [
    ...pipelines.flatMap(({ pipeline, runs, points: own }) =>
      runs === 0
        ? [`${pipeline}  no run of it`]
        : [
            `${pipeline}  ${figures(own)}`,
            ...own.filter((point) => isNews(point, own)).map((point) => `  ${shown(point)}`),
          ],
    ),
    `${run} of ${pipelines.length} pipelines, ${figures(points)}`,
  ];
}

function figures(points: readonly Point[]): string {
  const covered = points.filter(({ isCovered }) => isCovered).length;
  return `${covered} of ${points.length} activities, branches and paths`;
}

/** Of an activity that has not run, its branches and paths go without saying. */
function isNews({ activity, kind, isCovered }: Point, points: readonly Point[]): boolean {
  if (isCovered || kind === "activity") return !isCovered;
  return points.some((point) => point.activity === activity && point.kind === "activity" && point.isCovered);
}

function shown({ activity, kind, way }: Point): string {
  switch (kind) {
    case "activity":
      return way === "" ? `${activity} has not run` : `${activity} has not run: after ${way}`;
    case "branch":
      return `${activity} has not gone the way "${way}"`;
    case "path":
      return `${activity} has not run after ${way}`;
  }
}
