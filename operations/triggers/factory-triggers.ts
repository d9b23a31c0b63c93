import { UserError } from "../../command-line/user-error";
import { isForbidden, isNotFound, isProvisioning } from "../azure-errors";
import type { DeployedFactory } from "../factory";
import { waitUntil, waitWhile, type Patience } from "../wait";

/** A trigger as the factory has it. */
export interface TriggerState {
  readonly name: string;
  /** Whether the program declares it; others are shown and left alone. */
  readonly declared: boolean;
  /** Azure's `Started`, `Stopped` or `Disabled`; `missing` when the factory has none of this name. */
  readonly runtimeState: string;
  /** Azure's state of the subscription to blob events, such as `Enabled`, or `UNREADABLE`; only of triggers that wait for them. */
  readonly events?: string;
}

/** A subscription is read by an action, which the role Reader does not have. */
export const UNREADABLE = "not readable";

/** Whether blobs or the clock start runs by it, as far as can be read. */
export function isOn({ runtimeState, events }: TriggerState): boolean {
  return runtimeState === "Started" && (events === undefined || events === "Enabled" || events === UNREADABLE);
}

/** Throws `UserError` where a trigger would start nothing. */
export async function requireOn(
  triggers: Pick<FactoryTriggers, "states">,
  name: string,
  environment: string,
): Promise<void> {
  const found = (await triggers.states()).find((state) => state.name === name);
  if (found !== undefined && isOn(found)) return;
  const { runtimeState = "missing", events } = found ?? {};
  throw new UserError(
    `trigger ${name} is ${runtimeState}${events === undefined ? "" : `, its blob events ${events}`}, and would start nothing: npm run triggers -- start --environment ${environment}`,
  );
}

/** States of a subscription that end by themselves. */
const PASSING = ["Provisioning", "Deprovisioning"];

const DONE = "changed";

export interface FactoryTriggersProps extends DeployedFactory {
  /** Names of the triggers that the program declares. */
  readonly declared: readonly string[];
  readonly patience: Patience;
}

/**
 * The triggers of a deployed factory. A deployment makes them stopped, because a started one cannot be changed and one whose start fails is
 * not recorded; so they are started afterwards, and each step is read back from Azure.
 */
export class FactoryTriggers {
  constructor(private readonly props: FactoryTriggersProps) {}

  /** The declared triggers, in their order, and then those that somebody else made. */
  async states(): Promise<readonly TriggerState[]> {
    const { client, resourceGroup, factory, declared } = this.props;
    const found = new Map<string, { readonly type: string; readonly runtimeState: string }>();
    for await (const { name, properties } of client.triggers.listByFactory(resourceGroup, factory))
      found.set(name!, { type: properties.type, runtimeState: properties.runtimeState ?? "Unknown" });
    const names = new Set([...declared, ...found.keys()]);
    return Promise.all(
      [...names].map(async (name) => {
        const trigger = found.get(name);
        return {
          name,
          declared: declared.includes(name),
          runtimeState: trigger?.runtimeState ?? "missing",
          ...(trigger?.type === "BlobEventsTrigger" && { events: await this.readableEventsOf(name) }),
        };
      }),
    );
  }

  /** Every trigger that is on, whoever made it; none where there is no factory. */
  async started(): Promise<readonly string[]> {
    try {
      return (await this.states()).filter(({ runtimeState }) => runtimeState === "Started").map(({ name }) => name);
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  }

  /** Subscribes to events, waits until Azure has done so, starts, and waits until each trigger says that it is started. */
  async start(names: readonly string[] = this.props.declared): Promise<void> {
    const { triggers } = this.props.client;
    for (const found of await this.present(names)) {
      const state = await this.settled(found);
      if (isOn(state)) continue;
      if (state.events !== undefined && state.events !== "Enabled") {
        console.log(`${state.name}: subscribing to blob events`);
        await this.change(state, () => triggers.beginSubscribeToEventsAndWait(...this.of(state.name)));
        await this.waitForEvents(state.name, "Enabled");
      }
      if (state.runtimeState !== "Started") {
        console.log(`${state.name}: starting`);
        await this.change(state, () => triggers.beginStartAndWait(...this.of(state.name)));
      }
      await this.waitForState(state.name, "Started");
    }
  }

  /** Stops and waits until each trigger says that it is stopped, and its subscription is gone. */
  async stop(names: readonly string[] = this.props.declared): Promise<void> {
    const { triggers } = this.props.client;
    for (const found of await this.present(names)) {
      const state = await this.settled(found);
      if (state.runtimeState === "Started") {
        console.log(`${state.name}: stopping`);
        await this.change(state, () => triggers.beginStopAndWait(...this.of(state.name)));
      }
      await this.waitForState(state.name, "Stopped");
      const { events } = await this.settled(state);
      if (events === undefined || events === "Disabled") continue;
      await this.change(state, () => triggers.beginUnsubscribeFromEventsAndWait(...this.of(state.name)));
      await this.waitForEvents(state.name, "Disabled");
    }
  }

  /** The trigger once Event Grid has done what it is at: until then Azure changes nothing about it, and a second request would be refused. */
  private async settled(state: TriggerState): Promise<TriggerState> {
    if (state.events === undefined) return state;
    const ask = () => this.eventsOf(state.name);
    return { ...state, events: await waitWhile(`${state.name}'s subscription`, this.props.patience, ask, PASSING) };
  }

  /** Asks for a change again for as long as Azure says that it is still at work on the trigger. */
  private async change(state: TriggerState, ask: () => Promise<unknown>): Promise<void> {
    const attempt = async (): Promise<string> => {
      try {
        await ask();
        return DONE;
      } catch (error) {
        if (!isProvisioning(error)) throw error;
        await this.settled(state);
        return "being provisioned by Azure";
      }
    };
    await waitUntil(state.name, this.props.patience, attempt, DONE);
  }

  private async present(names: readonly string[]): Promise<readonly TriggerState[]> {
    const wanted = (await this.states()).filter(({ name }) => names.includes(name));
    const missing = wanted.filter(({ runtimeState }) => runtimeState === "missing").map(({ name }) => name);
    if (missing.length > 0)
      throw new UserError(
        `the factory ${this.props.factory} has no trigger ${missing.join(", ")}: deploy the environment's stacks first`,
      );
    return wanted;
  }

  private of(trigger: string): [string, string, string] {
    return [this.props.resourceGroup, this.props.factory, trigger];
  }

  private async readableEventsOf(trigger: string): Promise<string> {
    return this.eventsOf(trigger).catch((error: unknown) => {
      if (isForbidden(error)) return UNREADABLE;
      throw error;
    });
  }

  private async eventsOf(trigger: string): Promise<string> {
    return (await this.props.client.triggers.getEventSubscriptionStatus(...this.of(trigger))).status ?? "Unknown";
  }

  private async waitForEvents(trigger: string, wanted: "Enabled" | "Disabled"): Promise<void> {
    const ask = () => this.eventsOf(trigger);
    await waitUntil(`${trigger}'s subscription`, this.props.patience, ask, wanted);
  }

  private async waitForState(trigger: string, wanted: "Started" | "Stopped"): Promise<void> {
    const ask = async () =>
      (await this.props.client.triggers.get(...this.of(trigger))).properties.runtimeState ?? "Unknown";
    await waitUntil(trigger, this.props.patience, ask, wanted);
  }
}
