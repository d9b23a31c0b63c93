import { LANDED, type LandedTable } from "../../contract/lake";
import { PLANT } from "../../contract/plant";

const HOUR = 3_600_000;
const START = Date.UTC(2015, 0, 1, 6);
const MACHINES = [1, 2, 3, 4, 5];
const DAYS = 40;

const { sensors, components } = PLANT;

/** Every second day one machine loses one component, whose sensor shifts two days before, and which logs its errors a day before. */
const FAILURES = Array.from({ length: Math.floor((DAYS - 2) / 2) }, (_, number) => ({
  ...components[number % components.length]!,
  machine: MACHINES[number % MACHINES.length]!,
  at: START + (3 + 2 * number) * 24 * HOUR,
}));

/** A small plant whose rows are the same on every machine: five CSV files by the table that they are of. */
export function knownPlant(): Readonly<Record<LandedTable, string>> {
  const file = (table: LandedTable, rows: readonly (readonly (string | number)[])[]) =>
    `${[LANDED[table], ...rows].map((row) => row.join(",")).join("\n")}\n`;
  const replaced = FAILURES.map(({ at, machine, name }) => [time(at), machine, name] as const);
  const before = MACHINES.flatMap((machine) =>
    components.map(({ name }) => [time(START - 30 * 24 * HOUR), machine, name] as const),
  );
  return {
    machines: file(
      "machines",
      MACHINES.map((machine) => [machine, `model${1 + (machine % 2)}`, machine]),
    ),
    errors: file(
      "errors",
      FAILURES.flatMap(({ at, machine, errors }) => errors.map((error) => [time(at - 24 * HOUR), machine, error])),
    ),
    maint: file("maint", [...before, ...replaced]),
    failures: file("failures", replaced),
    telemetry: file("telemetry", telemetry()),
  };
}

function telemetry(): readonly (readonly (string | number)[])[] {
  const noise = noiseOf(1);
  return MACHINES.flatMap((machine) =>
    Array.from({ length: 24 * DAYS }, (_, hour) => {
      const at = START + hour * HOUR;
      const values = sensors.map(({ name, mean, deviation }) => {
        const signs = FAILURES.filter((failure) => failure.machine === machine && failure.sensor === name);
        const share = Math.min(0.03, deviation / Math.abs(mean));
        const shift = signs.find((failure) => at < failure.at && at >= failure.at - 48 * HOUR)?.shift ?? 0;
        return (mean * (1 + share * noise()) + shift).toFixed(3);
      });
      return [time(at), machine, ...values];
    }),
  );
}

/** Numbers from -1 to 1, the same ones for the same seed: a linear congruential generator with the constants of Numerical Recipes. */
function noiseOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32) * 2 - 1;
  };
}

const time = (at: number): string => new Date(at).toISOString().slice(0, 19).replace("T", " ");
