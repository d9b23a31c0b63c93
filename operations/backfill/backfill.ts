import { NO_CHAMPION } from "../../contract/exits";
import { PIPELINES } from "../../contract/names";
import { UserError } from "../../command-line/user-error";
import type { Day } from "../../local/storage/landing/day";
import type { BackfillRuns } from "./backfill-runs";
import { type Computed, computedBy, earlierOf, parametersOf, scoringSaid, upToDate } from "./earlier";
import { daysOf, partsOf } from "./parts";

export interface BackfillProps {
  readonly runs: BackfillRuns;
  /** First and last day on which the windows end, both included. */
  readonly from: Day;
  readonly to: Day;
  /** Number of a version of the model; empty: the champion. */
  readonly modelVersion: string;
  /** Runs that began earlier do not count as done; absent: all do. */
  readonly since: Date | undefined;
  /** Told of each part. */
  readonly say: (line: string) => void;
}

/**
 * Computes a range again, a month after the other, except what earlier runs have done, and returns what there is now. Throws `UserError` for a
 * part that fails, a range without windows, and where release or champion have changed meanwhile.
 */
export async function backfill(props: BackfillProps): Promise<string> {
  const { runs, from, to, modelVersion, say } = props;
  const parts = partsOf(from, to);
  const earlier = await earlierOf(runs, parts, props);
  let left = earlier.filter(({ computed }) => computed === undefined).length;
  say(
    `${from} to ${to}, by ${modelVersion === "" ? "the champion" : `version ${modelVersion}`}: ${left} of ${parts.length} parts to compute`,
  );
  if (left < parts.length) say(`  the others are done; --since ${new Date().toISOString()} computes all of them again`);

  const computed: Computed[] = [];
  const pace = new Pace();
  for (const [index, part] of parts.entries()) {
    const name = `part ${index + 1} of ${parts.length}, ${daysOf(part)}`;
    const { computed: before, underWay } = earlier[index]!;
    if (before !== undefined) {
      say(`${name}: done by ${before.run.id}, ${figures(before)}`);
      computed.push(before);
      continue;
    }
    const id = underWay?.id ?? (await runs.start(parametersOf(part, modelVersion)));
    say(`${name}: ${id} ${underWay === undefined ? "has started" : "is under way"}`);
    const done = await requireComputed(runs, id, name);
    computed.push(done);
    left -= 1;
    say(`${name}: ${figures(done)}; ${pace.tell(left)}`);
  }
  return conclusion(computed, await runs.notebook(), props);
}

/** What a run has computed, once it has ended. Throws `UserError` that names part and run where it has not. */
async function requireComputed(runs: BackfillRuns, id: string, name: string): Promise<Computed> {
  const run = await runs.ended(id);
  const failed = (why: string) => new UserError(`${name}: ${PIPELINES.backfill} ${id} ${why}`);
  const scoring = await runs.scoringOf(id);
  if (run.status !== "Succeeded")
    throw failed(`is ${run.status}: ${scoring.error ?? run.message}; the same command goes on with this part`);
  const computed = computedBy(run, scoring);
  if (computed !== undefined) return computed;
  const { data: said } = scoringSaid.safeParse(scoring.exit);
  throw failed(said?.status === NO_CHAMPION ? `scored nothing: ${NO_CHAMPION}` : "does not say what it scored");
}

function conclusion(computed: readonly Computed[], notebook: string, { from, to }: BackfillProps): string {
  const rows = computed.reduce((sum, one) => sum + one.rows, 0);
  if (rows === 0)
    throw new UserError(`no window ends from ${from} to ${to}: the tables have no telemetry of these days`);
  const stale = computed.length - upToDate(computed, notebook).length;
  if (stale > 0)
    throw new UserError(
      `release or champion have changed meanwhile: the same command computes ${stale} of ${computed.length} parts again`,
    );
  const { version, isBeside, run } = computed.at(-1)!;
  return isBeside
    ? `${rows} windows as version ${version} says: it is not the champion, so they are in compared_predictions and what is current stays`
    : `${rows} windows are as version ${version} says, the champion of ${run.start}`;
}

const figures = ({ rows, alerts, version }: Computed): string =>
  `${rows} windows, ${alerts} alerts, by version ${version}`;

/** How long parts take in this run of the command. */
class Pace {
  private readonly start = Date.now();
  private parts = 0;

  /** What is left after one more part. */
  tell(left: number): string {
    this.parts += 1;
    const minutes = ((Date.now() - this.start) / this.parts / 60_000) * left;
    return left === 0 ? "none left" : `${left} left, about ${Math.max(1, Math.round(minutes))} min`;
  }
}
