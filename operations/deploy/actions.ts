import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { KNOWN_PLANT_TRIGGER } from "../../contract/names";
import { messageOf } from "../../command-line/message";
import { UserError } from "../../command-line/user-error";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import { buildArtifact } from "../artifact/build";
import { addSummary, setOutputs } from "../ci/outputs";
import { Terraform } from "../terraform";
import { requireOn } from "../triggers/factory-triggers";
import { predictKnownPlant, requireExpected, requireSuccess } from "../verify/verify";
import { apply } from "./apply";
import { drift } from "./drift";
import { CATCH_UP, type Deployed } from "./environment";
import type { EnvironmentFolder } from "./environment-folder";
import type { Options } from "./options";
import { type DeployProps, plan } from "./plan";
import type { Release } from "./releases";
import { report } from "./report";
import { rollback } from "./rollback";
import { refuseLoss } from "./saved-wave";

/** What somebody has asked for. */
export interface Command {
  /** The repository. */
  readonly root: string;
  readonly settings: EnvironmentSettings;
  readonly options: Options;
  readonly folder: EnvironmentFolder;
  /** Id of the environment's subscription. */
  readonly subscription: string;
  /** What makes Terraform work elsewhere than in Azure. Default: it does not. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Signs in when it is asked for: a plan for nobody else needs no more than Terraform. */
  readonly deployed: () => Deployed;
  /** How often Azure is asked, in milliseconds. */
  readonly interval: number;
}

const MINUTE = 60_000;

export async function makePlans(command: Command): Promise<void> {
  const { root, settings, options, folder } = command;
  if (options.artifact === undefined) await buildArtifact(root, folder.artifact);
  else copyArtifact(options.artifact, folder.artifact);
  const artifact = await folder.open(options.checksum);
  folder.layOut();
  const wave = await reported(`Plan of ${settings.name}`, options, () =>
    plan(props(command), { artifact, readOnly: options.readOnly === true }),
  );
  tell(options, report(wave, options.allow));
  refuseLoss(wave, options.allow);
  const later = wave.later.join(" ");
  if (!options.share) return;
  const name = await command.deployed().plans.share(folder.path);
  console.log(`Plans ${name}`);
  setOutputs(process.env, { plans: name, later });
}

export async function applyPlans(command: Command): Promise<void> {
  const { settings, options, folder } = command;
  const { plans, around } = command.deployed();
  if (options.plans !== undefined) {
    await plans.fetch(options.plans, folder.path);
    await folder.open();
  }
  const { later } = await apply(props(command), options.allow, around());
  console.log(later.length > 0 ? `Next: plan again, for ${later.join(", ")}` : `${settings.name} is as planned.`);
}

export async function verifyRelease(command: Command): Promise<void> {
  const { settings, options, folder } = command;
  const { verification: container, runs, releases, triggers } = command.deployed();
  const current = await openCurrent(command);
  await requireOn(triggers(), KNOWN_PLANT_TRIGGER, settings.name);
  const patience = { timeout: options.wait * MINUTE, interval: command.interval };
  try {
    await requireSuccess(runs, CATCH_UP, patience);
    const { plant, expected } = folder.verification;
    const event = { timeout: 15 * MINUTE, interval: command.interval };
    requireExpected(expected, await predictKnownPlant({ plant, container, runs, event, run: patience }));
  } catch (error) {
    if (current !== undefined) await releases.mark("failed");
    if (!options.rollback) throw error;
    console.error(messageOf(error));
    const { artifact } = await backOut(command);
    throw new UserError(
      `${settings.name} was rolled back to the artifact ${artifact}, because its verification failed: ${messageOf(error)}`,
    );
  }
  if (current !== undefined) await releases.mark("verified");
}

export async function goBack(command: Command): Promise<void> {
  const { artifact, at } = await backOut(command);
  console.log(`${command.settings.name} was rolled back to the artifact ${artifact}, first deployed ${at}.`);
}

export async function findDrift(command: Command): Promise<void> {
  const { settings, options, folder } = command;
  const current = await openCurrent(command);
  if (current === undefined)
    throw new UserError(`nothing was deployed to ${settings.name} by npm run deploy: there is nothing to compare with`);
  folder.layOut();
  const found = await reported(`Drift of ${settings.name}`, options, () =>
    drift(props(command), current.artifact, command.deployed().triggers()),
  );
  if (found === undefined) {
    console.log(`${settings.name} has not drifted since its deployment at ${current.at}.`);
    return;
  }
  tell(options, found);
  throw new UserError(`${settings.name} has drifted since its deployment at ${current.at}`);
}

/** Opens the artifact that is deployed; where none was recorded, the one of this folder. */
async function openCurrent({ root, folder, deployed }: Command): Promise<Release | undefined> {
  const { releases } = deployed();
  const current = (await releases.history()).at(-1);
  if (current === undefined) await buildArtifact(root, folder.artifact);
  else await releases.fetch(current.artifact);
  await folder.open(current?.artifact);
  return current;
}

function backOut(command: Command) {
  const { options, folder } = command;
  const { releases, around } = command.deployed();
  const { environment, subscription, terraform } = props(command);
  return rollback({ environment, subscription, terraform, folder, releases, around, allowed: options.allow });
}

const props = ({ settings, options, folder, subscription, variables }: Command): DeployProps => ({
  environment: settings.name,
  subscription,
  folder: folder.path,
  stacks: folder.stacks,
  terraform: (at) => new Terraform(options.terraform, at, variables),
});

function tell(options: Options, markdown: string): void {
  console.log(markdown.trimEnd());
  write(options, markdown);
}

function write({ report: file }: Options, markdown: string): void {
  addSummary(process.env, markdown);
  if (file === undefined) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, markdown);
}

/** Does something that people read a report of, also where it does not come to an end. */
async function reported<T>(title: string, options: Options, work: () => Promise<T>): Promise<T> {
  return work().catch((error: Error) => {
    write(options, `### ${title}\n\n**Stopped.**\n\n\`\`\`\n${error.message}\n\`\`\`\n`);
    throw error;
  });
}

function copyArtifact(from: string, to: string): void {
  try {
    copyFileSync(from, to);
  } catch (error) {
    throw new UserError(`the artifact cannot be read: ${messageOf(error)}`);
  }
}
