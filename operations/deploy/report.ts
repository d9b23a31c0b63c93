import { ACTIONS, type Change } from "./plan-file";
import { lostBy, type Wave } from "./saved-wave";

type StackChange = Change & { readonly stack: string };

/** What a wave would do, in Markdown, for whoever approves it: what is lost first, then what changes, then what is merely made. */
export function report(wave: Wave, allowed: readonly string[]): string {
  const { environment, artifact, stacks, later } = wave;
  const changes = stacks.flatMap(({ name, changes }) => changes.map((change) => ({ ...change, stack: name })));
  const released = changes.filter(isReleased);
  const of = (action: Change["action"]) => changes.filter((change) => change.action === action && !isReleased(change));
  const lost = lostBy(wave, allowed);
  return [
    `### Plan of ${environment}`,
    `Artifact \`${artifact}\``,
    table(wave),
    ...(lost.length > 0
      ? [
          `**Stopped: this would destroy or replace what holds data.**`,
          ...lost.map((line) => `- ${line}`),
          `To proceed, name each with \`--allow\`.`,
        ]
      : []),
    ...(released.length > 0
      ? [`A new release of the notebooks: ${released.length} files and folders, which replace the previous ones.`]
      : []),
    ...section("Destroyed", of("destroy"), false),
    ...section("Replaced", of("replace"), false),
    ...section("Changed", of("update"), false),
    ...section("Created", of("create"), true),
    ...unreadBy(wave),
    ...(changes.length === 0 ? ["Nothing changes."] : []),
    ...(later.length > 0 ? [`Planned after these are applied: ${later.join(", ")}`] : []),
    "",
  ].join("\n\n");
}

/** Which stacks are compared with their states only, and why. */
export function unreadBy({ stacks }: Wave): readonly string[] {
  return stacks.flatMap(({ name, unread }) =>
    unread === undefined
      ? []
      : [`${name} is compared with its state only, because its resources cannot be read: ${unread}`],
  );
}

/** A release is never changed: another one is another folder of the workspace, complete before the old one goes. */
const isReleased = ({ type, action, address }: Change): boolean =>
  action === "replace" &&
  /^databricks_(directory|notebook|workspace_file)$/.test(type) &&
  address.includes(".release_");

function table({ stacks }: Wave): string {
  const row = (cells: readonly unknown[]) => `| ${cells.join(" | ")} |`;
  return [
    row(["stack", ...ACTIONS]),
    row(["---", ...ACTIONS.map(() => "---:")]),
    ...stacks.map(({ name, changes }) =>
      row([name, ...ACTIONS.map((action) => changes.filter((change) => change.action === action).length || "–")]),
    ),
  ].join("\n");
}

function section(title: string, changes: readonly StackChange[], folded: boolean): readonly string[] {
  if (changes.length === 0) return [];
  const list = changes.map(item).join("\n");
  const heading = `${title}: ${changes.length}`;
  return folded ? [`<details><summary>${heading}</summary>`, list, `</details>`] : [`#### ${heading}`, list];
}

function item({ stack, address, details }: StackChange): string {
  return [`- ${stack} \`${address}\``, ...details.map((detail) => `  - ${detail}`)].join("\n");
}
