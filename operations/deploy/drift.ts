import { isOn, type FactoryTriggers, UNREADABLE } from "../triggers/factory-triggers";
import { type DeployProps, plan } from "./plan";
import { report, unreadBy } from "./report";
import { forgetWave, hasChanges } from "./saved-wave";

/** What differs from the artifact that was deployed, in Markdown; nothing where nothing does. Changes nothing and locks nothing. */
export async function drift(
  props: DeployProps,
  artifact: string,
  triggers: FactoryTriggers,
): Promise<string | undefined> {
  const wave = await plan(props, { artifact, readOnly: true });
  forgetWave(props.folder);
  for (const line of unreadBy(wave)) console.log(line);
  const states = await triggers.states();
  const unread = states.filter(({ events }) => events === UNREADABLE).map(({ name }) => name);
  if (unread.length > 0)
    console.log(`This sign-in cannot read whether blob events reach ${unread.join(", ")}: npm run triggers -- status`);
  const off = states.filter((state) => state.declared && !isOn(state));
  const foreign = states.filter(({ declared }) => !declared);
  if (!hasChanges(wave) && wave.later.length === 0 && off.length === 0 && foreign.length === 0) return undefined;
  const line = ({ name, runtimeState, events }: (typeof states)[number]) =>
    `- \`${name}\` is ${runtimeState}${events === undefined ? "" : `, its blob events ${events}`}`;
  return [
    `## ${props.environment} has drifted from its deployment`,
    report(wave, []).trim(),
    ...(off.length > 0 ? ["#### Triggers that are not started", off.map(line).join("\n")] : []),
    ...(foreign.length > 0 ? ["#### Triggers that the artifact does not declare", foreign.map(line).join("\n")] : []),
    "",
  ].join("\n\n");
}
