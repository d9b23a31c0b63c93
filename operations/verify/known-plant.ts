import { LANDED, type LandedTable } from "../../contract/lake";
import type { Sensor } from "../../contract/plant";

const HOUR = 3_600_000;
const START = Date.UTC(2015, 0, 1, 6);
const MACHINES = [1, 2, 3, 4, 5];
const DAYS = 40;

/** Means of a sound machine, in the order of the file. */
const MEANS: Readonly<Record<Sensor, number>> = { volt: 170, rotate: 450, pressure: 100, vibration: 40 };

/** What a component shows in the two days before it fails: its sensor shifts, and a day before there are errors. */
const SIGNS = [
  { comp: "comp1", sensor: "volt", shift: 21, errors: ["error1"] },
  { comp: "comp2", sensor: "rotate", shift: -81, errors: ["error2", "error3"] },
  { comp: "comp3", sensor: "pressure", shift: 26, errors: ["error4"] },
  { comp: "comp4", sensor: "vibration", shift: 10, errors: ["error5"] },
] as const;

/** Every second day one machine loses one component. */
const FAILURES = Array.from({ length: Math.floor((DAYS - 2) / 2) }, (_, number) => ({
  ...SIGNS[number % SIGNS.length]!,
  machine: MACHINES[number % MACHINES.length]!,
  at: START + (3 + 2 * number) * 24 * HOUR,
}));

/** A small plant whose rows are the same on every machine: five CSV files by the table that they are of. */
export function knownPlant(): Readonly<Record<LandedTable, string>> {
  const file = (table: LandedTable, rows: readonly (readonly (string | number)[])[]) =>
    `${[LANDED[table], ...rows].map((row) => row.join(",")).join("\n")}\n`;
  const replaced = FAILURES.map(({ at, machine, comp }) => [time(at), machine, comp] as const);
  const before = MACHINES.flatMap((machine) =>
    SIGNS.map(({ comp }) => [time(START - 30 * 24 * HOUR), machine, comp] as const),
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
      const values = Object.entries(MEANS).map(([sensor, mean]) => {
        const signs = FAILURES.filter((failure) => failure.machine === machine && failure.sensor === sensor);
        const shift = signs.find((failure) => at < failure.at && at >= failure.at - 48 * HOUR)?.shift ?? 0;
        return (mean * (1 + 0.03 * noise()) + shift).toFixed(3);
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
