// How to break a rule, starting from a private environment that breaks none.

export type Resource = Record<string, unknown>;
interface Stack {
  terraform: { backend: { azurerm: Resource }; required_providers: Record<string, Resource> };
  provider: Record<string, Resource[]>;
  resource: Record<string, Record<string, Resource>>;
}
export type Stacks = Record<"foundation" | "databricks" | "dataFactory" | "observability", Stack>;

/** By the name of the rule that it breaks. */
export type Examples = Readonly<Record<string, Example>>;

interface Example {
  readonly spoil: (stacks: Stacks) => void;
  /** A part of what the rule says then. */
  readonly found: string;
}

export const everyOf = (stacks: Stacks, type: string): Resource[] =>
  Object.values(stacks).flatMap(({ resource }) => Object.values(resource[type] ?? {}));

export const change = (type: string, properties: Resource) => (stacks: Stacks) =>
  everyOf(stacks, type).forEach((resource) => Object.assign(resource, properties));

export const without =
  (type: string, ...properties: readonly string[]) =>
  (stacks: Stacks) =>
    everyOf(stacks, type).forEach((resource) =>
      properties.forEach((property) => Reflect.deleteProperty(resource, property)),
    );

export const remove = (type: string) => (stacks: Stacks) =>
  Object.values(stacks).forEach(({ resource }) => Reflect.deleteProperty(resource, type));

export const add = (stack: keyof Stacks, type: string, properties: Resource) => (stacks: Stacks) => {
  stacks[stack].resource[type] = { ...stacks[stack].resource[type], added: properties };
};

export const features = ({ provider }: Stack): Resource => (provider["azurerm"]![0]!["features"] as Resource[])[0]!;
