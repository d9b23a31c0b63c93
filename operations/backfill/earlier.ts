import { COMPARED, NO_CHAMPION, scoringExit } from "../../contract/exits";
import { type Exit, isUnended } from "../pipeline-runs";
import type { BackfillRun, BackfillRuns } from "./backfill-runs";
import type { Part } from "./parts";

/** What every release says at the end of scoring, as far as it is needed. */
export const scoringSaid = scoringExit.pick({ rows: true, alerts: true, model_version: true, status: true });

/** What the pipeline takes. */
export type Parameters = Readonly<Record<"from" | "to" | "model_version", string>>;

/** A part that a run has computed. */
export interface Computed {
  readonly run: BackfillRun;
  readonly rows: number;
  readonly alerts: number;
  /** The version that scored. */
  readonly version: string;
  /** Whether its predictions are beside the current ones, for comparison. */
  readonly isBeside: boolean;
  /** The notebook that scored. */
  readonly notebook: string;
}

/** What the factory's runs say of a part. */
export interface Earlier {
  /** The last run that has computed it. */
  readonly computed?: Computed;
  /** A run of it that waits or is under way: it is waited for, and no second one is started. */
  readonly underWay?: BackfillRun;
}

/** What earlier runs have done of each part. What another release has computed, or a champion of before, counts as not done. */
export async function earlierOf(
  runs: BackfillRuns,
  parts: readonly Part[],
  { modelVersion, since }: { readonly modelVersion: string; readonly since: Date | undefined },
): Promise<readonly Earlier[]> {
  const isTooEarly = ({ start }: BackfillRun) => since !== undefined && Date.parse(start) < since.getTime();
  const known = (await runs.all()).filter((run) => !isTooEarly(run));
  const found: Earlier[] = [];
  for (const part of parts) {
    const own = known.filter((run) => isOf(run, parametersOf(part, modelVersion)));
    const underWay = own.find(isUnended);
    const last = own.filter(({ status }) => status === "Succeeded").at(-1);
    const computed = last && computedBy(last, await runs.scoringOf(last.id));
    found.push({ ...(computed && { computed }), ...(underWay && { underWay }) });
  }
  const kept = upToDate(
    found.flatMap(({ computed }) => computed ?? []),
    await runs.notebook(),
  );
  return found.map(({ computed, underWay }) => ({
    ...(computed && kept.includes(computed) && { computed }),
    ...(underWay && { underWay }),
  }));
}

/** Those that this release has computed, by the version that scored last, and where it is now: a champion's predictions are current. */
export function upToDate(computed: readonly Computed[], notebook: string): readonly Computed[] {
  const ofRelease = computed.filter((one) => one.notebook === notebook);
  const last = [...ofRelease].sort((one, other) => Date.parse(one.run.start) - Date.parse(other.run.start)).at(-1);
  return ofRelease.filter(({ version, isBeside }) => version === last?.version && isBeside === last.isBeside);
}

/** What a run that succeeded has computed; nothing where it scored nothing for want of a champion, or the factory does not say. */
export function computedBy(run: BackfillRun, { exit, notebook }: Exit): Computed | undefined {
  const { data } = scoringSaid.safeParse(exit);
  if (data === undefined || notebook === undefined || data.status === NO_CHAMPION) return undefined;
  const { rows, alerts, model_version: version, status } = data;
  return { run, rows, alerts, version, isBeside: status === COMPARED, notebook };
}

export const parametersOf = (part: Part, modelVersion: string): Parameters => ({
  ...part,
  model_version: modelVersion,
});

const isOf = ({ parameters }: BackfillRun, wanted: Parameters): boolean =>
  Object.entries(wanted).every(([name, value]) => (parameters[name] ?? "") === value);
