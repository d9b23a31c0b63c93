import { DataFactoryManagementClient } from "@azure/arm-datafactory";
import { namesOf } from "../environments/naming";
import type { EnvironmentSettings } from "../environments/settings/settings";
import type { Azure } from "./azure";

/** A deployed Data Factory, and how to speak with it. */
export interface DeployedFactory {
  readonly client: DataFactoryManagementClient;
  readonly resourceGroup: string;
  readonly factory: string;
}

/** The factory of an environment, whether it is deployed or not. */
export function factoryOf(
  settings: EnvironmentSettings,
  { credential, subscriptionId, resourceManager }: Azure,
): DeployedFactory {
  const names = namesOf(settings);
  return {
    client: new DataFactoryManagementClient(credential, subscriptionId, resourceManager),
    resourceGroup: names.resourceGroup,
    factory: names.dataFactory,
  };
}
