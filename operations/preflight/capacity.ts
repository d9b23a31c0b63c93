import { z } from "zod";
import { ok, problem, type Check, type Surroundings } from "./check";

/** Of a machine, or of something else, which may have less of it. */
const sku = z.object({
  name: z.string(),
  resourceType: z.string(),
  family: z.string().nullish(),
  capabilities: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
  restrictions: z.array(z.object({ type: z.string().nullish(), reasonCode: z.string().nullish() })).nullish(),
});

type Sku = z.infer<typeof sku>;

const usage = z.object({ name: z.object({ value: z.string() }), currentValue: z.number(), limit: z.number() });

async function machines({ azure, settings }: Surroundings): Promise<ReadonlyMap<string, Sku>> {
  const skus = await azure.list(
    `/subscriptions/${azure.subscriptionId}/providers/Microsoft.Compute/skus`,
    "2021-07-01",
    sku,
    { $filter: `location eq '${settings.location}'` },
  );
  const virtual = (skus ?? []).filter(({ resourceType }) => resourceType === "virtualMachines");
  return new Map(virtual.map((machine) => [machine.name, machine]));
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
      const machine = offered.get(size);
      if (!machine) return [`${location} has no ${size}`];
      const refused = machine.restrictions?.find(({ type }) => type === "Location");
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
    const usages = await azure.list(
      `/subscriptions/${azure.subscriptionId}/providers/Microsoft.Compute/locations/${location}/usages`,
      "2024-03-01",
      usage,
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
      const used = (usages ?? []).find(({ name }) => name.value.toLowerCase() === counter.toLowerCase());
      if (!used || Number.isNaN(count)) return [`${counter} is not known in ${location}`];
      const free = used.limit - used.currentValue;
      return free < count ? [`${counter}: ${count} needed, ${free} of ${used.limit} free`] : [];
    });
    if (short.length === 0) return ok([...needed].map(([counter, count]) => `${counter} ${count}`).join(", "));
    return problem(`${short.join("; ")}: ask for more in the portal under Quotas, or lower cluster.maxWorkers`);
  },
};
