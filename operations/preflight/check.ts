import type { ClientOptions } from "@azure-rest/core-client";
import type { TokenCredential } from "@azure/identity";
import type { Names } from "../../environments/naming";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import type { ResourceManager } from "../resource-manager";

/** What a check has found. */
export interface Finding {
  /** `unknown`: nobody can know yet. */
  readonly state: "ok" | "unknown" | "problem";
  /** What is so; of a problem also what to do. */
  readonly text: string;
}

export interface Surroundings {
  readonly settings: EnvironmentSettings;
  readonly names: Names;
  readonly azure: ResourceManager;
  readonly credential: TokenCredential;
  /** Of the environment that this runs in, which a deployment by hand shares. */
  readonly variables: Readonly<NodeJS.ProcessEnv>;
  /** How requests to the workspace are sent. */
  readonly http?: ClientOptions;
  /** The addresses that a host name has from here; none where it has no such name. */
  readonly resolve: (host: string) => Promise<readonly string[]>;
  /** Whether anything at a host answers from here, through a proxy where there is one. */
  readonly answers: (host: string) => Promise<boolean>;
}

/** Something that must be so before an environment is deployed. */
export interface Check {
  readonly name: string;
  readonly run: (surroundings: Surroundings) => Promise<Finding>;
}

export const ok = (text: string): Finding => ({ state: "ok", text });
export const unknown = (text: string): Finding => ({ state: "unknown", text });
export const problem = (text: string): Finding => ({ state: "problem", text });

/** Id of something in the environment's resource group. */
export const idOf = ({ azure, names }: Surroundings, resource: string): string =>
  `/subscriptions/${azure.subscriptionId}/resourceGroups/${names.resourceGroup}/providers/${resource}`;
