import type { ActivityBase, ActivityPolicy } from "./activity-base";
import type { Expression } from "./expression";
import type { Notebook } from "./notebooks";
import { policyProblems } from "./policy";

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
