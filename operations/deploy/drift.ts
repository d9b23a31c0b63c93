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
    console.log(
      `Whether blob events reach ${unread.join(", ")} is not told to who is signed in: npm run triggers -- status`,
    );
  const off = states.filter((state) => state.declared && !isOn(state));
  const foreign = states.filter(({ declared }) => !declared);
  if (!hasChanges(wave) && wave.later.length === 0 && off.length === 0 && foreign.length === 0) return undefined;
  const line = ({ name, runtimeState, events }: (typeof states)[number]) =>
    `- \`${name}\` is ${runtimeState}${events === undefined ? "" : `, its blob events ${events}`}`;
  return [
    `## ${props.environment} is not as it was deployed`,
    report(wave, []).trim(),
    ...(off.length > 0 ? ["#### Triggers that are not on", off.map(line).join("\n")] : []),
    ...(foreign.length > 0 ? ["#### Triggers that nobody has declared", foreign.map(line).join("\n")] : []),
    "",
  ].join("\n\n");
}
