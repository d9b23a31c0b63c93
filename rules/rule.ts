import { z } from "zod";

const properties = z.record(z.string(), z.unknown()).readonly();
const byTypeAndName = z.record(z.string(), z.record(z.string(), properties).readonly()).readonly();

export type Properties = z.infer<typeof properties>;

/** One stack as Terraform reads it; whoever has written it. */
export const stackJson = z.object({
  terraform: properties.optional(),
  provider: z.record(z.string(), z.array(properties).readonly()).readonly().optional(),
  resource: byTypeAndName.optional(),
  data: byTypeAndName.optional(),
});

export type StackJson = Readonly<z.infer<typeof stackJson>>;

/** The stacks of one environment by their names. */
export type Stacks = Readonly<Record<string, StackJson>>;

/** Something that must hold of the synthesized stacks, learned from what others have run into. */
export interface Rule {
  /** What must hold, in words joined by dashes. */
  readonly name: string;
  /** What happens otherwise, in one line. */
  readonly otherwise: string;
  /** The public thread that tells of it, as `repository#number`. */
  readonly thread?: string;
  /** What breaks it: the address of each resource, and how. */
  readonly check: (stacks: Stacks) => readonly string[];
}

export interface Resource {
  /** `stack type.name`. */
  readonly address: string;
  readonly stack: string;
  readonly type: string;
  readonly properties: Properties;
}

/** All resources of all stacks, or those of a type. */
export function resources(stacks: Stacks, type?: string): readonly Resource[] {
  return Object.entries(stacks).flatMap(([stack, { resource = {} }]) =>
    Object.entries(resource)
      .filter(([known]) => type === undefined || known === type)
      .flatMap(([known, instances]) =>
        Object.entries(instances).map(([name, properties]) => ({
          address: `${stack} ${known}.${name}`,
          stack,
          type: known,
          properties,
        })),
      ),
  );
}

/** A rule about every resource of a type; `broken` says how one breaks it, or nothing. */
export function ofEach(
  type: string,
  broken: (properties: Properties, stacks: Stacks) => string | undefined,
): Rule["check"] {
  return (stacks) =>
    resources(stacks, type).flatMap(({ address, properties }) => {
      const how = broken(properties, stacks);
      return how === undefined ? [] : [`${address} ${how}`];
    });
}

/** A rule about every resource of a type that may be destroyed: a feature of the provider in its stack leaves nothing of it behind. */
export function destroyedForGood(type: string, service: string, feature: string): Rule["check"] {
  return (stacks) =>
    resources(stacks, type)
      .filter(({ properties }) => block(properties["lifecycle"])["prevent_destroy"] !== true)
      .filter(({ stack }) =>
        (stacks[stack]!.provider?.["azurerm"] ?? []).some(
          ({ features }) => block(block(features)[service])[feature] !== true,
        ),
      )
      .map(({ address }) => `${address} may be destroyed without ${service}.${feature}`);
}

/** Whether Terraform makes `one` after `other` of the same stack: it names it, or something that comes after it. */
export function comesAfter(stacks: Stacks, one: Resource, other: Resource): boolean {
  const own = resources(stacks).filter(({ stack }) => stack === one.stack);
  const seen = new Set<string>();
  const waiting = [one];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const named = new Set(JSON.stringify(next.properties).match(/\b[a-z]+_\w+\.\w+/g));
    const before = own.filter(({ address }) => named.has(address.split(" ")[1]!) && !seen.has(address));
    if (before.some(({ address }) => address === other.address)) return true;
    before.forEach(({ address }) => seen.add(address));
    waiting.push(...before);
  }
  return false;
}

/** A block that exists once: Terraform JSON has it as an object or as a list of one. */
export function block(value: unknown): Properties {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isProperties(first) ? first : {};
}

/** A block that may exist several times. */
export function blocks(value: unknown): readonly Properties[] {
  return value === undefined ? [] : [value].flat().map(block);
}

const isProperties = (value: unknown): value is Properties =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
