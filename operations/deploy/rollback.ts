import { UserError } from "../../command-line/user-error";
import { apply, type Around } from "./apply";
import type { EnvironmentFolder } from "./environment-folder";
import { type DeployProps, plan } from "./plan";
import type { Release, Releases } from "./releases";
import { report } from "./report";

export interface RollbackProps extends Omit<DeployProps, "folder" | "stacks"> {
  readonly folder: EnvironmentFolder;
  readonly releases: Releases;
  /** Made when the triggers of the release are known. */
  readonly around: () => Around;
  /** Addresses of what may be lost. */
  readonly allowed: readonly string[];
}

/**
 * Deploys the last release that was verified and is not the current one: plans and applies all its waves, with the refusals of every other
 * deployment. Tables stay as they are; older programs read what newer ones have made. Returns the release.
 */
export async function rollback(props: RollbackProps): Promise<Release> {
  const { folder, releases, around, allowed, ...common } = props;
  const release = await releases.previous();
  console.log(`rolling back to the artifact ${release.artifact} of ${release.at}`);
  await releases.fetch(release.artifact);
  const artifact = await folder.open(release.artifact);
  folder.layOut();
  const deploy: DeployProps = { ...common, folder: folder.path, stacks: folder.stacks };
  for (let left = folder.stacks.length; ; left -= 1) {
    const wave = await plan(deploy, { artifact, readOnly: false });
    console.log(report(wave, allowed));
    const { later } = await apply(deploy, allowed, around());
    if (later.length === 0) return release;
    if (left === 0) throw new UserError(`${later.join(", ")} still cannot be planned`);
  }
}
