import Table from "cli-table3";
import { UserError } from "../../command-line/user-error";
import { FactoryTriggers, isOn, type FactoryTriggersProps, type TriggerState } from "./factory-triggers";

export type TriggerAction = "start" | "stop" | "status";

/** Does what is asked, then reads all triggers again and shows them. Throws `UserError` unless the declared ones are as asked. */
export async function operateTriggers(action: TriggerAction, props: FactoryTriggersProps): Promise<void> {
  const triggers = new FactoryTriggers(props);
  if (action === "start") await triggers.start();
  if (action === "stop") await triggers.stop();
  const states = await triggers.states();
  console.log(table(states));
  const wrong = states.filter((state) => state.declared && !(action === "stop" ? isOff(state) : isOn(state)));
  if (wrong.length > 0)
    throw new UserError(`${action === "stop" ? "not off" : "not on"}: ${wrong.map(({ name }) => name).join(", ")}`);
}

const isOff = ({ runtimeState }: TriggerState): boolean => runtimeState !== "Started";

function table(states: readonly TriggerState[]): string {
  const rows = new Table({ head: ["trigger", "state", "blob events", ""], style: { head: [] } });
  for (const state of states)
    rows.push([state.name, state.runtimeState, state.events ?? "–", state.declared ? "" : "not declared here"]);
  return rows.toString();
}
