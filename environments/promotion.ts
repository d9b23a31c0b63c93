import { z } from "zod";

/** Of an environment, valid or not. */
const shape = z.object({ name: z.unknown().optional(), promotedAfter: z.unknown().optional() }).catch({});

type Place = z.infer<typeof shape>;

/** Environments with each after the one that it is promoted after, and by name where nothing says which is first. */
export function ordered<T extends { readonly name: string; readonly promotedAfter?: string | undefined }>(
  environments: readonly T[],
): readonly T[] {
  const before = (environment: T): number => {
    const previous = environments.find(({ name }) => name === environment.promotedAfter);
    return previous === undefined ? 0 : 1 + before(previous);
  };
  return [...environments].sort((one, other) => before(one) - before(other) || (one.name < other.name ? -1 : 1));
}

/** What is wrong with the order of environments, each under the name of its file, valid or not. */
export function misplaced(files: Readonly<Record<string, unknown>>): readonly string[] {
  const places = Object.entries(files).map(([file, literal]) => [file, shape.parse(literal)] as const);
  const before = ({ promotedAfter }: Place): Place | undefined =>
    places.find(([file, { name }]) => promotedAfter !== undefined && [name, file].includes(promotedAfter))?.[1];
  const waitsForItself = (place: Place): boolean => {
    let previous = before(place);
    for (let step = 1; step < places.length && previous !== place && previous; step += 1) previous = before(previous);
    return previous === place;
  };
  return places.flatMap(([file, place]) => {
    if (typeof place.promotedAfter !== "string") return [];
    const refused = (allowed: string) => [
      `${file}.promotedAfter is "${String(place.promotedAfter)}"; allowed: ${allowed}`,
    ];
    if (before(place) === undefined) return refused("the name of another environment");
    return waitsForItself(place) ? refused("an environment that is not promoted after this one") : [];
  });
}
