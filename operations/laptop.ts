import { Option } from "commander";
import { resolve } from "node:path";
import { readAddress } from "../local/job/address";
import { type Azure, signIn } from "./azure";

/** The subscription of what runs on this machine: any is answered. */
export const LAPTOP = "00000000-0000-0000-0000-000000000000";
const HOUR = 3_600_000;

/** Of commands that also operate what runs on this machine. */
export interface LocalOptions {
  /** The folder of the run. */
  readonly local?: string;
}

/** `of` says which actions take it, where not all do. */
export function localOption(of = ""): Option {
  return new Option(
    "--local [folder]",
    `${of}operate what npm start -- --watch runs in this folder, and nothing in Azure`,
  )
    .preset("out")
    .argParser((folder: string) => resolve(folder));
}

/** The run in a folder, in the place of a subscription; else Azure. Throws `UserError` where none is being watched, or no subscription is named. */
export function azureOf({ local }: LocalOptions, environment: Readonly<NodeJS.ProcessEnv>): Azure {
  if (local === undefined) return signIn(environment);
  const { endpoint, token, certificate, storage } = readAddress(local);
  return {
    subscriptionId: LAPTOP,
    credential: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + HOUR }) },
    resourceManager: { endpoint, tlsOptions: { ca: certificate } },
    storage,
  };
}
