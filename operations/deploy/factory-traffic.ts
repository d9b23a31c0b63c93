import { setTimeout as sleep } from "node:timers/promises";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import { isNotFound } from "../azure-errors";
import { describe, type PipelineRuns } from "../pipeline-runs";
import { type FactoryTriggers, isOn } from "../triggers/factory-triggers";
import type { Patience } from "../wait";
import type { Traffic } from "./apply";

export interface FactoryTrafficProps {
  readonly triggers: FactoryTriggers;
  readonly runs: PipelineRuns;
  /** The pipeline that takes in whatever landed while nothing was started. */
  readonly catchUp: string;
  /** How long runs may take to end. */
  readonly patience: Patience;
}

/** Stops a factory for a deployment: its triggers, then nothing but patience for the runs that are under way. */
export class FactoryTraffic implements Traffic {
  /** Triggers that were on, whoever made them. */
  private stopped: readonly string[] = [];

  constructor(private readonly props: FactoryTrafficProps) {}

  async stop(): Promise<void> {
    const { triggers } = this.props;
    this.stopped = await triggers.started();
    try {
      if (this.stopped.length > 0) await triggers.stop(this.stopped);
      await this.drain();
    } catch (error) {
      await this.undo().catch((problem: Error) =>
        console.error(`some triggers could not be started again: ${problem.message}`),
      );
      throw error;
    }
  }

  /** Triggers that somebody else made are started again only where this deployment has stopped them. */
  async resume(): Promise<void> {
    const { triggers } = this.props;
    const wereOff = (await triggers.states()).filter((state) => state.declared && !isOn(state));
    await triggers.start();
    const others = (await triggers.states()).filter(({ name, declared }) => !declared && this.stopped.includes(name));
    await triggers.start(others.map(({ name }) => name));
    const states = await triggers.states();
    for (const { name, runtimeState, events } of states)
      console.log(`${name} is ${[runtimeState, events && `blob events ${events}`].filter(Boolean).join(", ")}`);
    const off = states.filter((state) => state.declared && !isOn(state)).map(({ name }) => name);
    if (off.length > 0) throw new UserError(`applied, but not on: ${off.join(", ")}`);
    if (wereOff.length > 0) await this.catchUp();
  }

  /** Whatever landed without an event is scored now, not only at the next time of the schedule. */
  private async catchUp(): Promise<void> {
    const { runs, catchUp } = this.props;
    try {
      console.log(`${catchUp} ${await runs.start(catchUp)} catches up with what landed meanwhile`);
    } catch (error) {
      if (!isNotFound(error)) throw error;
      console.warn(`the factory does not start ${catchUp} (${messageOf(error)}): its schedule will`);
    }
  }

  private async undo(): Promise<void> {
    if (this.stopped.length === 0) return;
    await this.props.triggers.start(this.stopped);
    await this.catchUp();
  }

  private async drain(): Promise<void> {
    const { runs, patience } = this.props;
    let told = "";
    for (const end = Date.now() + patience.timeout; ; await sleep(patience.interval)) {
      const left = await runs.unended();
      if (left.length === 0) return;
      if (Date.now() >= end)
        throw new UserError(
          [
            `after ${patience.timeout / 60_000} minutes, runs are still in progress; nothing was changed, and the triggers are started again:`,
            ...left.map((run) => `${describe(run)} is ${run.status}`),
          ].join("\n  "),
        );
      const names = left.map(describe).join(", ");
      if (names !== told) console.log(`waiting for ${names}`);
      told = names;
    }
  }
}
