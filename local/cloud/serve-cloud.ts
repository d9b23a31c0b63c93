import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import {
  AzureProxy,
  blobListener,
  entraRoutes,
  jobsRoutes,
  listener,
  LoopbackServer,
  type Service,
  WORKSPACE_HOSTS,
  workspaceRoutes,
} from "azure-laptop";
import type { Cleanup } from "../command/cleanup";
import type { Progress } from "../command/progress";
import { removeAddress, writeAddress } from "../job/address";
import { CONNECTION_STRING } from "../storage/azurite";
import type { CloudFolder } from "./cloud-folder";
import type { Deployments } from "./deployments";
import { variablesOf } from "./variables";

export interface CloudServices {
  readonly folder: CloudFolder;
  readonly deployments: Deployments;
  readonly progress: Progress;
  readonly cleanup: Cleanup;
}

/** Answers in the place of Azure's hosts, and at an address of its own, until the clean-up. */
export async function serveCloud(props: CloudServices): Promise<void> {
  const { folder, deployments, progress, cleanup } = props;
  const routes = () => deployments.routes;
  const onUnknown = (request: string) => progress.say(`  not answered: ${request}`);
  const services = servicesOf(deployments, onUnknown);
  const upstream = process.env["HTTPS_PROXY"] || process.env["https_proxy"] || undefined;
  const stop = (server: AzureProxy | LoopbackServer) => server.stop();
  const proxy = await cleanup.addWhenStarted(AzureProxy.start({ services, onUnknown, upstream }), stop);
  const server = await cleanup.addWhenStarted(LoopbackServer.start({ routes, onUnknown }), stop);
  const { endpoint, token, certificate } = server;
  const variables = variablesOf(proxy, folder.at("state", "certificates.pem"));
  const shell = folder.at("state", "environment.sh");
  const lines = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  writeFileSync(shell, `${lines.join("\n")}\n`, { mode: 0o600 });
  writeAddress(folder.out, { pid: process.pid, endpoint, token, certificate, storage: CONNECTION_STRING, variables });
  cleanup.add(() => removeAddress(folder.out));
  if (spawnSync("terraform", ["version"]).error)
    progress.say("terraform is not on the PATH: deploying needs it, 1.5 or later; other clients do not");
  progress.say(
    [
      "This machine answers as Azure; Ctrl-C stops, and what was deployed is kept. In another terminal:",
      "  npm run bootstrap -- --environment dev --local --yes",
      "  npm run deploy -- plan --environment dev --local          and apply, until it says that dev is as planned",
      "  npm run cloud -- npx cdktf-cli@0.21.0 deploy 'dev-*'      any program, with this machine in the place of Azure",
      "  npm run monitor -- --environment dev --local",
      `Or for a whole shell: . ${shell}`,
    ].join("\n"),
  );
}

/** Azure's hosts, and what answers in their place. */
export function servicesOf(deployments: Deployments, onUnknown: (request: string) => void): readonly Service[] {
  const { workspaces } = deployments;
  const storeOf = (host: string) => workspaces.of(host)?.store;
  const databricks = [...workspaceRoutes(storeOf), ...jobsRoutes((host) => workspaces.of(host)?.submitted)];
  return [
    { hosts: ["management.azure.com"], answer: listener({ routes: () => deployments.routes, onUnknown }) },
    { hosts: ["login.microsoftonline.com"], answer: listener({ routes: entraRoutes(), onUnknown }) },
    { hosts: ["*.blob.core.windows.net"], answer: blobListener(deployments.emulator, onUnknown) },
    { hosts: WORKSPACE_HOSTS, answer: listener({ routes: databricks, onUnknown }) },
  ];
}
