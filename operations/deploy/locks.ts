import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import { LOCK } from "../../components/deletion-lock";
import { isNotFound } from "../azure-errors";
import type { ResourceManager } from "../resource-manager";

const managementLock = z.object({
  /** `<scope>/providers/Microsoft.Authorization/locks/<name>` */
  id: z.string(),
  name: z.string(),
  properties: z.object({ level: z.string(), notes: z.string().nullish() }),
});

type ManagementLock = z.infer<typeof managementLock>;

const LOCKS = "/providers/Microsoft.Authorization/locks";
const API_VERSION = "2020-05-01";

/** Answers in a row without the lock until it is gone everywhere; Terraform's provider waits for as many, 10 s apart. */
const TIMES_GONE = 12;

/** Locks that keep what a plan deletes: lifted while it is applied. */
export interface Locks {
  /** Does what deletes these ids of Azure while no lock of the stacks keeps them, and sets the locks again, whether it ends well or not. */
  lifted(deleted: readonly string[], work: () => Promise<void>): Promise<void>;
}

/**
 * The locks that the stacks set on what holds data. A lock keeps whatever belongs to a resource, so a role or a private endpoint cannot be
 * taken away below it (hashicorp/terraform-provider-azurerm#11770). A lock of anybody else stays.
 */
export class DeletionLocks implements Locks {
  constructor(
    private readonly azure: ResourceManager,
    /** Name of the resource group whose locks these are. */
    private readonly resourceGroup: string,
    /** How often Azure is asked whether a lock is gone, in milliseconds. */
    private readonly interval: number,
  ) {}

  async lifted(deleted: readonly string[], work: () => Promise<void>): Promise<void> {
    const locks = await this.over(deleted);
    if (locks.length === 0) return work();
    const untilTheEnd = () => console.log("Stopping after the locks are set again.");
    for (const signal of SIGNALS) process.on(signal, untilTheEnd);
    try {
      for (const { id } of locks) {
        console.log(`Lifting the lock on ${scopeOf(id)} for a deletion below it`);
        await this.azure.delete(id, API_VERSION);
      }
      for (const { id } of locks) await this.waitUntilGone(id);
      await work();
    } catch (error) {
      await this.set(locks).catch((open: Error) => console.error(open.message));
      throw error;
    } finally {
      for (const signal of SIGNALS) process.off(signal, untilTheEnd);
    }
    await this.set(locks);
  }

  private async over(deleted: readonly string[]): Promise<readonly ManagementLock[]> {
    if (deleted.length === 0) return [];
    const group = `/subscriptions/${this.azure.subscriptionId}/resourceGroups/${this.resourceGroup}`;
    const locks = (await this.azure.list(`${group}${LOCKS}`, API_VERSION, managementLock)) ?? [];
    return locks.filter(({ id, name }) => name === LOCK && deleted.some((other) => isBelow(other, scopeOf(id))));
  }

  /** Azure goes on refusing for a while where one of its copies still has the lock: hashicorp/terraform-provider-azurerm#5025. */
  private async waitUntilGone(id: string): Promise<void> {
    for (let times = 0; times < TIMES_GONE;) {
      await sleep(this.interval);
      times = (await this.azure.has(id, API_VERSION)) ? 0 : times + 1;
    }
  }

  private async set(locks: readonly ManagementLock[]): Promise<void> {
    const open: string[] = [];
    for (const { id, properties } of locks) {
      const { level, notes } = properties;
      await this.azure.put(id, API_VERSION, { properties: { level, notes } }).then(
        () => console.log(`The lock on ${scopeOf(id)} is set again`),
        (error: unknown) => {
          // With the resource goes its lock.
          if (!isNotFound(error)) open.push(`${scopeOf(id)} (${messageOf(error)})`);
        },
      );
    }
    if (open.length > 0)
      throw new UserError(`no longer locked; plan and apply again to set the lock: ${open.join(", ")}`);
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

const scopeOf = (lock: string): string => lock.slice(0, lock.toLowerCase().lastIndexOf(LOCKS.toLowerCase()));

/** Azure compares ids without regard to case. */
function isBelow(id: string, scope: string): boolean {
  const [inner, outer] = [id.toLowerCase(), scope.toLowerCase()];
  return inner === outer || inner.startsWith(`${outer}/`);
}
