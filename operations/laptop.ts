import { emulated } from "azure-laptop/containers";
import { Option } from "commander";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readAddress } from "../local/job/address";
import { LAPTOP } from "../local/cloud/variables";
import { type Azure, signIn } from "./azure";

const HOUR = 3_600_000;

/** Of commands that also operate what runs on this machine. */
export interface LocalOptions {
  /** The folder of the cloud or of the run. */
  readonly local?: string;
}

export function localOption(): Option {
  return new Option(
    "--local [folder]",
    "operate what npm run cloud or npm start -- --watch runs in this folder (default: out/cloud, else out), and nothing in Azure",
  )
    .preset("")
    .argParser((folder: string) => (folder === "" ? running() : resolve(folder)));
}

/** Only one of the two can run at a time: they share the port of the storage emulator. */
function running(): string {
  const cloud = resolve("out", "cloud");
  return existsSync(join(cloud, "state", "azure.json")) ? cloud : resolve("out");
}

/** What runs in a folder, in the place of a subscription; else Azure. Throws `UserError` where nothing runs there, or no subscription is named. */
export function azureOf({ local }: LocalOptions, environment: Readonly<NodeJS.ProcessEnv>): Azure {
  if (local === undefined) return signIn(environment);
  const { endpoint, token, certificate, storage, variables } = readAddress(local);
  // A cloud has containers of many accounts, a run those of one.
  const nameOf = variables === undefined ? (_: string, container: string) => container : emulated;
  return {
    subscriptionId: LAPTOP,
    credential: { getToken: async () => ({ token, expiresOnTimestamp: Date.now() + HOUR }) },
    resourceManager: { endpoint, tlsOptions: { ca: certificate } },
    storage: { connectionString: storage, nameOf },
    ...(variables && { variables }),
  };
}
