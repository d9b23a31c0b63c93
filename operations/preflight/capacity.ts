import { ok, problem, type Check, type Surroundings } from "./check";

interface Sku {
  readonly name: string;
  readonly resourceType: string;
  readonly family: string;
  readonly capabilities?: readonly { readonly name: string; readonly value: string }[];
  readonly restrictions?: readonly { readonly type: string; readonly reasonCode: string }[];
}

interface Usage {
  readonly name: { readonly value: string };
  readonly currentValue: number;
  readonly limit: number;
}

async function machines({ azure, settings }: Surroundings): Promise<ReadonlyMap<string, Sku>> {
  const skus = await azure.list<Sku>(
    `/subscriptions/${azure.subscriptionId}/providers/Microsoft.Compute/skus`,
    "2021-07-01",
    {
      $filter: `location eq '${settings.location}'`,
    },
  );
  const virtual = (skus ?? []).filter(({ resourceType }) => resourceType === "virtualMachines");
  return new Map(virtual.map((sku) => [sku.name, sku]));
}

const sizesOf = ({ nodeType, driverNodeType = nodeType }: Surroundings["settings"]["cluster"]) => ({
  worker: nodeType,
  driver: driverNodeType,
});

export const nodeTypes: Check = {
  name: "node types",
  run: async (surroundings) => {
    const { location, cluster } = surroundings.settings;
    const offered = await machines(surroundings);
    const sizes = [...new Set(Object.values(sizesOf(cluster)))];
    const wrong = sizes.flatMap((size) => {
      const sku = offered.get(size);
      if (!sku) return [`${location} has no ${size}`];
      const refused = sku.restrictions?.find(({ type }) => type === "Location");
      return refused ? [`${size} is not for this subscription in ${location} (${refused.reasonCode})`] : [];
    });
    if (wrong.length === 0) return ok(`${location} has ${sizes.join(" and ")}`);
    return problem(`${wrong.join("; ")}: choose another size or region, or ask Azure's support`);
  },
};

export const quota: Check = {
  name: "vCPU quota",
  run: async (surroundings) => {
    const { azure, settings } = surroundings;
    const { location, cluster } = settings;
    const offered = await machines(surroundings);
    const { worker, driver } = sizesOf(cluster);
    const usages = await azure.list<Usage>(
      `/subscriptions/${azure.subscriptionId}/providers/Microsoft.Compute/locations/${location}/usages`,
      "2024-03-01",
    );
    const cores = (size: string) =>
      Number(offered.get(size)?.capabilities?.find(({ name }) => name === "vCPUs")?.value ?? NaN);
    const onDemand = cluster.spot ? Math.min(cluster.onDemandNodes, cluster.maxWorkers + 1) - 1 : cluster.maxWorkers;
    const needed = new Map<string, number>();
    const need = (counter: string, count: number) => needed.set(counter, (needed.get(counter) ?? 0) + count);
    for (const [size, count] of [
      [driver, 1],
      [worker, onDemand],
    ] as const) {
      need(offered.get(size)?.family ?? size, count * cores(size));
      need("cores", count * cores(size));
    }
    if (cluster.spot) need("lowPriorityCores", (cluster.maxWorkers - onDemand) * cores(worker));

    const short = [...needed].flatMap(([counter, count]) => {
      const usage = (usages ?? []).find(({ name }) => name.value.toLowerCase() === counter.toLowerCase());
      if (!usage || Number.isNaN(count)) return [`${counter} is not known in ${location}`];
      const free = usage.limit - usage.currentValue;
      return free < count ? [`${counter}: ${count} needed, ${free} of ${usage.limit} free`] : [];
    });
    if (short.length === 0) return ok([...needed].map(([counter, count]) => `${counter} ${count}`).join(", "));
    return problem(`${short.join("; ")}: ask for more in the portal under Quotas, or lower cluster.maxWorkers`);
  },
};
