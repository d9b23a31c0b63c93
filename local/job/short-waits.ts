import { setTimeout as sleep } from "node:timers/promises";
import type { FactoryDefinition, Stubs } from "adf-local";
import { WAITS } from "../../contract/names";

const MILLISECONDS = 1_000;

/** Waits a second where the deployed pipelines wait until the factory's answers can show a run: here they show it at once. */
export function shortWaits({ pipelines }: Pick<FactoryDefinition, "pipelines">): Stubs {
  const waits = Object.entries(WAITS).filter(([pipeline]) => pipelines.some(({ name }) => name === pipeline));
  const short = async () => {
    await sleep(MILLISECONDS);
    return {};
  };
  return Object.fromEntries(waits.map(([pipeline, activity]) => [pipeline, { [activity]: short }]));
}
