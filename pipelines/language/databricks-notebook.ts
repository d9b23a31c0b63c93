import type { ActivityBase, ActivityPolicy } from "./activity-base";
import type { Expression } from "./expression";
import type { Notebook } from "./notebooks";

/** Runs a notebook of the pipeline's release; succeeds when the notebook does. */
export interface DatabricksNotebookActivity extends ActivityBase {
  readonly type: "DatabricksNotebook";
  /** Name of the notebook: its file without folder and extension. */
  readonly notebook: string;
  /** A value for every widget of the notebook; it arrives there as a string. */
  readonly baseParameters: Readonly<Record<string, Expression | string>>;
  readonly policy: ActivityPolicy;
}

/** Checks a notebook activity against the release and the service's limits. */
export function notebookProblems(
  activity: DatabricksNotebookActivity,
  notebooks: readonly Notebook[],
): readonly string[] {
  const notebook = notebooks.find(({ name }) => name === activity.notebook);
  const known = notebooks.map(({ name }) => name).join(", ") || "none";
  return [
    ...(notebook
      ? widgetProblems(notebook, Object.keys(activity.baseParameters))
      : [`notebook "${activity.notebook}" is unknown; the release has ${known}`]),
    ...policyProblems(activity.policy),
  ].map((problem) => `${activity.name}: ${problem}`);
}

function widgetProblems({ name, widgets }: Notebook, parameters: readonly string[]): readonly string[] {
  const known = widgets.join(", ") || "none";
  return [
    ...widgets
      .filter((widget) => !parameters.includes(widget))
      .map((widget) => `baseParameters lack "${widget}", a widget of the notebook ${name}`),
    ...parameters
      .filter((parameter) => !widgets.includes(parameter))
      .map((parameter) => `baseParameters have "${parameter}"; the widgets of the notebook ${name} are ${known}`),
  ];
}

function policyProblems({ timeout, retry, retryIntervalInSeconds }: ActivityPolicy): readonly string[] {
  const minutes = timeoutMinutes(timeout);
  const interval = retryIntervalInSeconds;
  return [
    ...(minutes >= 10 && minutes <= 7 * 24 * 60
      ? []
      : [`timeout is "${timeout}"; allowed: d.hh:mm:ss from 0.00:10:00 to 7.00:00:00`]),
    ...(Number.isInteger(retry) && retry >= 0 ? [] : [`retry is ${retry}; allowed: a whole number from 0`]),
    ...(Number.isInteger(interval) && interval >= 30 && interval <= 86_400
      ? []
      : [`retryIntervalInSeconds is ${interval}; allowed: a whole number of seconds from 30 to 86400`]),
  ];
}

function timeoutMinutes(timeout: string): number {
  const parts = /^(\d+)\.([01]\d|2[0-3]):([0-5]\d):([0-5]\d)$/.exec(timeout);
  if (!parts) return NaN;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = parts.slice(1).map(Number);
  return (days * 24 + hours) * 60 + minutes + seconds / 60;
}
