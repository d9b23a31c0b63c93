/** One thing that is wrong with a factory, and where. */
export interface Problem {
  /** Within the factory's folder; absent where the JSON came from no file. */
  readonly file?: string | undefined;
  /** The pipeline or the trigger, as in `pipeline "nightly"`; absent where it is the factory as a whole. */
  readonly resource?: string | undefined;
  readonly activity?: string | undefined;
  /** Its path within the activity or the resource, as `typeProperties.items`. */
  readonly property?: string | undefined;
  /** Where in the property's text, from 1. */
  readonly position?: number | undefined;
  /** What is wrong with which value, and what is allowed. */
  readonly message: string;
}

/** What a check found: what cannot run, and what may not be meant. */
export interface Found {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** The same, at a place that the check did not know. */
export function placed({ problems, warnings }: Found, place: Omit<Problem, "message">): Found {
  const at = (found: readonly Problem[]) => found.map((problem) => ({ ...place, ...problem }));
  return { problems: at(problems), warnings: at(warnings) };
}

/** A problem in one line, with everything that is known of its place. */
export function problemLine({ file, resource, activity, property, position, message }: Problem): string {
  const place = [
    file,
    resource,
    activity !== undefined && `activity "${activity}"`,
    property,
    position !== undefined && `position ${position}`,
  ];
  return [...place.filter((part) => typeof part === "string"), message].join(": ");
}

/** The same, each once: what one thing breaks at several places is told in one line where the places have one. */
export function told(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((problem) => [problemLine(problem), problem])).values()];
}

/** What there is in the place of a name that there is not, the nearest in front. */
export function allowed(written: string, names: readonly string[]): string {
  if (names.length === 0) return "there is none";
  const near = nearest(written, names);
  const listed = names.length > MOST_LISTED ? `${names.slice(0, MOST_LISTED).join(", ")}, …` : names.join(", ");
  return near === undefined ? `there are: ${listed}` : `did you mean "${near}"? (there are: ${listed})`;
}

const MOST_LISTED = 20;

/** The name that somebody may have meant; `undefined` where none is near. */
export function nearest(written: string, names: readonly string[]): string | undefined {
  const wanted = written.toLowerCase();
  const farthest = Math.floor(wanted.length / 3);
  let best: { readonly name: string; readonly steps: number } | undefined;
  for (const name of names) {
    if (Math.abs(name.length - wanted.length) > farthest) continue;
    const steps = distance(wanted, name.toLowerCase());
    if (steps <= farthest && (best === undefined || steps < best.steps)) best = { name, steps };
  }
  return best?.name;
}

/** How many letters have to be added, left out or changed (Levenshtein). */
function distance(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...one].entries()) {
    const current = [row + 1];
    for (const [column, opposite] of [...other].entries())
      current.push(
        Math.min(current[column]! + 1, above[column + 1]! + 1, above[column]! + (letter === opposite ? 0 : 1)),
      );
    above = current;
  }
  return above.at(-1)!;
}
