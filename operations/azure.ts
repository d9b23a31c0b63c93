import type { TokenCredential } from "@azure/identity";
import { UserError } from "../command-line/user-error";
import { credentialOf } from "./credential";

/** A storage emulator, which has one account. */
export interface Emulator {
  readonly connectionString: string;
  /** What it calls a container of an account. */
  readonly nameOf: (account: string, container: string) => string;
}

/** Whose Azure is operated, and as whom. */
export interface Azure {
  readonly subscriptionId: string;
  /** Whoever is signed in: `az login`, a managed identity, or a pipeline's federated identity. */
  readonly credential: TokenCredential;
  /** Where Resource Manager answers, and whose certificate it has. Default: Azure's own. */
  readonly resourceManager?: { readonly endpoint: string; readonly tlsOptions: { readonly ca: string } };
  /** What stands for all storage accounts. Default: they are Azure's. */
  readonly storage?: Emulator;
  /** With which programs such as Terraform find it. Default: those of this process. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** Whoever is signed in by Azure's usual chain of credentials, or by the token of a pipeline. Throws `UserError` where no subscription is named. */
export function signIn(environment: Readonly<NodeJS.ProcessEnv>): Azure {
  return { subscriptionId: subscriptionOf(environment), credential: credentialOf(environment) };
}

/** The subscription that `ARM_SUBSCRIPTION_ID` (Terraform's name) or `AZURE_SUBSCRIPTION_ID` has. Throws `UserError` for anything but an id. */
export function subscriptionOf(environment: Readonly<NodeJS.ProcessEnv>): string {
  const subscriptionId = environment["ARM_SUBSCRIPTION_ID"] ?? environment["AZURE_SUBSCRIPTION_ID"] ?? "";
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(subscriptionId))
    throw new UserError(
      `ARM_SUBSCRIPTION_ID is ${JSON.stringify(subscriptionId)}; allowed: the id of the environment's subscription, such as 00000000-0000-0000-0000-000000000000`,
    );
  return subscriptionId;
}
