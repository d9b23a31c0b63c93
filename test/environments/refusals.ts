import { EnvironmentError, validate } from "../../environments/load";

/** An environment that states what has no default, and nothing else. */
export const valid = {
  name: "dev",
  location: "westeurope",
  project: "pdm",
  suffix: "x01",
  tags: { owner: "plant", costCenter: "4711" },
  state: { resourceGroupName: "rg-state", storageAccountName: "statex01", containerName: "tfstate" },
  network: {
    addressSpace: "10.0.0.0/20",
    publicSubnet: "10.0.0.0/24",
    privateSubnet: "10.0.1.0/24",
    endpointSubnet: "10.0.2.0/26",
    access: "public",
  },
  cluster: { nodeType: "Standard_D4ds_v5", minWorkers: 1, maxWorkers: 2 },
  training: { schedule: { frequency: "Week", weekDays: ["Sunday"], hour: 2 } },
  observability: { emails: ["operator@plant.example"], budget: { resourceGroup: 100, managedResourceGroup: 200 } },
};

/** The problems of `valid` with some properties of one group, or one property, replaced. */
export function problems(change: Readonly<Record<string, unknown>>): readonly string[] {
  const merged: Record<string, unknown> = { ...valid };
  for (const [property, value] of Object.entries(change)) {
    const before = merged[property];
    merged[property] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
  try {
    validate({ dev: merged });
    return [];
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return error.message.split("\n  ").slice(1);
  }
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** A test for each change that is refused, with one message that has the text in it. */
export function refuses(cases: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[]): void {
  test.each(cases)("refuses %s", (_, change, message) => {
    const found = problems(change);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
}

export const anIPv4Block = (largest: number, smallest: number) =>
  `an IPv4 block from /${largest} to /${smallest} without host bits, such as 10.0.0.0/${smallest}`;
