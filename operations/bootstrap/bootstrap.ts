import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { parseJson } from "../../command-line/json";
import { UserError } from "../../command-line/user-error";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { Patience } from "../wait";
import type { Terraform } from "../terraform";

export interface BootstrapProps {
  readonly settings: EnvironmentSettings;
  /** Holds the synthesized stack, and its state until that is in the account. */
  readonly folder: string;
  readonly terraform: Terraform;
  /** Azure resource id of the state account. */
  readonly account: string;
  /** Whether it is there, whoever has made it. */
  readonly accountExists: () => Promise<boolean>;
  /** Apply without asking. */
  readonly approved: boolean;
  /** How long a role may take to work. */
  readonly patience: Patience;
}

/**
 * Makes what must be there before the first deployment, then moves the state of that into the account that it has made. Started again it goes
 * on from wherever it was stopped: a state in the folder is applied and moved, one in the account is applied there.
 */
export async function bootstrap(props: BootstrapProps): Promise<void> {
  const { folder, terraform, accountExists } = props;
  const override = join(folder, "backend_override.tf.json");
  const local = join(folder, "terraform.tfstate");
  rmSync(override, { force: true });

  if (hasResources(local) || !(await accountExists())) {
    console.log("State: in the stack's folder, until the account exists.");
    await terraform.show("init", "-input=false", "-reconfigure");
    await apply(props);
    writeFileSync(override, backend(props.settings));
    await moveState(props);
  } else {
    console.log("State: in the account.");
    writeFileSync(override, backend(props.settings));
    if ((await stateInAccount(props)) === "")
      throw new UserError(
        `the account ${props.settings.state.storageAccountName} exists, but no bootstrap state is in its container: it was made by hand, or the folder ${folder} with the state was lost. ` +
          "Import its resources there, or choose another name in settings.state",
      );
    await apply(props);
  }
  for (const file of [local, `${local}.backup`]) rmSync(file, { force: true });
  // Client ids, which the pipelines are configured with.
  if (props.settings.federation) await terraform.show("output");
}

/** What the state in the account has. Throws `UserError` where who is signed in may not read it, as an owner may not who did not make it. */
async function stateInAccount({ terraform, account }: BootstrapProps): Promise<string> {
  const opened = await terraform.ask("init", "-input=false", "-reconfigure");
  const { code, output } = opened.code === 0 ? await terraform.ask("state", "list") : opened;
  if (code === 0) return output.trim();
  if (/\b403\b|AuthorizationPermissionMismatch/.test(output))
    throw new UserError(
      "this sign-in may not read the states yet: assign yourself the role, wait a few minutes, and run this again. " +
        'az role assignment create --role "Storage Blob Data Contributor" --assignee-principal-type User ' +
        `--assignee-object-id "$(az ad signed-in-user show --query id --output tsv)" --scope ${account}`,
    );
  throw new UserError(`the states in ${account} cannot be read:\n${output.trim()}`);
}

const state = z.object({ resources: z.array(z.unknown()).optional() });

/** Terraform leaves an empty file behind when it has moved a state. */
function hasResources(file: string): boolean {
  const text = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  return text !== "" && parseJson(file, state, text).resources?.length !== 0;
}

async function apply({ terraform, approved }: BootstrapProps): Promise<void> {
  await terraform.show("apply", ...(approved ? ["-input=false", "-auto-approve"] : []));
}

/** Repeats the real thing until the role on the new container works, then holds the moved state against what is there. */
async function moveState({ terraform, patience }: BootstrapProps): Promise<void> {
  const end = Date.now() + patience.timeout;
  for (;;) {
    const { code, output } = await terraform.ask("init", "-input=false", "-migrate-state", "-force-copy");
    if (code === 0) break;
    const reason =
      output
        .split("\n")
        .find((line) => /error/i.test(line))
        ?.replace(/^[│╷\s]+/, "") ?? `code ${code}`;
    if (Date.now() >= end)
      throw new UserError(
        `the state could not be moved into the account in ${patience.timeout / 60_000} minutes; it is still in the folder, start again later. ${reason}`,
      );
    console.log(`The account does not accept the state yet (new roles take a few minutes to work): ${reason}`);
    await sleep(patience.interval);
  }
  const { code, output } = await terraform.ask("plan", "-input=false", "-detailed-exitcode");
  if (code !== 0)
    throw new UserError(
      `the state in the account does not match the resources; the copy in the folder is kept.\n${output.trim()}`,
    );
  console.log("State: moved into the account; a plan against it is empty.");
}

/** Replaces the backend of the stack, as Terraform reads files whose name ends with _override. */
function backend({ name, state }: EnvironmentSettings): string {
  const azurerm = {
    resource_group_name: state.resourceGroupName,
    storage_account_name: state.storageAccountName,
    container_name: state.containerName,
    key: `bootstrap-${name}.tfstate`,
    use_azuread_auth: true,
  };
  return JSON.stringify({ terraform: { backend: { azurerm } } }, null, 2);
}
