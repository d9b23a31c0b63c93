import type { ActivityRun, PipelineRun } from "adf-local";
import { PIPELINES } from "../../../contract/names";
import { clock, duration, minute } from "../format";
import { html, type Html, table } from "../html";
import type { Section } from "../section";

/** The latest runs that the timeline has room for. */
const SHOWN = 40;
const ROW = 26;

/** A bar per activity on a line per pipeline run, all lines from their own start; without the doorbell, which each blob rings. */
export function timelineSection(runs: readonly PipelineRun[]): Section {
  const told = runs.filter(({ pipeline, status }) => pipeline !== PIPELINES.doorbell || status !== "Succeeded");
  const shown = told.slice(-SHOWN);
  const left = told.length > SHOWN ? ` The ${SHOWN} latest of ${told.length} runs are shown.` : "";
  return {
    title: "What the factory ran",
    explanation: `Every run of a pipeline from its start to its end, a bar for each activity, in seconds since the run began.${left}`,
    content: [
      {
        id: "timeline",
        label: "Pipeline runs and their activities",
        height: 74 + shown.length * ROW,
        option: gantt(shown),
      },
      table(
        ["pipeline", "invoked by", "start (UTC)", "duration", "result", "activities"],
        shown.map((run) => [
          run.pipeline,
          run.invokedBy,
          minute(run.start),
          duration(seconds(run.start, run.end)),
          status(run.status),
          html`<ul>
            ${run.activities.filter(isLeaf).map(activity)}
          </ul>`,
        ]),
        [3],
      ),
    ],
  };
}

function gantt(runs: readonly PipelineRun[]): object {
  const names = [...new Set(runs.flatMap(({ activities }) => activities.filter(isLeaf).map(({ name }) => name)))];
  return {
    grid: { left: 128, right: 20, top: 34, bottom: 40 },
    legend: { top: 0, left: 0, data: names },
    tooltip: { trigger: "item", formatter: "fn:tip" },
    xAxis: { type: "value", name: "seconds", nameLocation: "middle", nameGap: 26, min: 0 },
    yAxis: {
      type: "category",
      inverse: true,
      data: runs.map(({ pipeline, start }) => `${pipeline} ${clock(start)}`),
      axisTick: { show: false },
    },
    series: names.map((name, index) => ({
      name,
      type: "custom",
      renderItem: "fn:span",
      color: `var(--activity${(index % 6) + 1})`,
      encode: { x: [1, 2], y: 0 },
      data: runs.flatMap((run, row) =>
        run.activities
          .filter((one) => isLeaf(one) && one.name === name && one.attempts > 0)
          .map((one) => bar(run, row, one)),
      ),
    })),
  };
}

function bar(run: PipelineRun, row: number, one: ActivityRun): object {
  const value = [row, seconds(run.start, one.start), seconds(run.start, one.end)];
  const tries = one.attempts > 1 ? ` · ${one.attempts} attempts` : "";
  const tip = `${run.pipeline} · ${one.name} · ${duration(value[2]! - value[1]!)} · ${one.status}${tries}`;
  return { value, tip, ...(one.status !== "Succeeded" && { itemStyle: { color: "var(--failure)" } }) };
}

/** An IfCondition and its like span the activities inside them, which are listed themselves. */
function isLeaf({ type }: ActivityRun): boolean {
  return !["IfCondition", "ForEach", "Until", "Switch"].includes(type);
}

function seconds(start: string, end: string): number {
  return (Date.parse(end) - Date.parse(start)) / 1000;
}

function status(value: string): Html {
  return html`<span class="${value === "Succeeded" ? "good" : value === "Failed" ? "bad" : "quiet"}">${value}</span>`;
}

function activity({ name, status: result, start, end, attempts, error }: ActivityRun): Html {
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  if (result === "Succeeded")
    return html`<li>${name} <span class="quiet">${duration(seconds(start, end))}${tries}</span></li>`;
  return html`<li>${name} ${status(result)}${tries}${error === undefined ? "" : `: ${error}`}</li>`;
}
