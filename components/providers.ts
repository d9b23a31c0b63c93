import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { DatabricksProvider } from "@cdktf/provider-databricks/lib/provider";
import type { TerraformStack } from "cdktf";

export interface AzureProviderProps {
  /** Resource providers that the subscription must have registered, such as `Microsoft.Storage`. Default: none. */
  readonly register?: readonly string[];
  /**
   * Refuse to delete a resource group in which Azure or a user has put something else, and leave what can be brought back after it was
   * deleted: logs, and the group that Azure manages for a workspace. Otherwise nothing is left that a new deployment would run into.
   */
  readonly keep: boolean;
}

/** The azurerm provider; subscription and credentials come from the deployer's environment. */
export function useAzure(stack: TerraformStack, props: AzureProviderProps): void {
  new AzurermProvider(stack, "azurerm", {
    features: [
      {
        resourceGroup: [{ preventDeletionIfContainsResources: props.keep }],
        databricksWorkspace: [{ forceDelete: !props.keep }],
        logAnalyticsWorkspace: [{ permanentlyDeleteOnDestroy: !props.keep }],
        // The lake has no shared keys and may be behind a firewall: everything goes through Azure Resource Manager.
        storage: [{ dataPlaneAvailable: false }],
      },
    ],
    storageUseAzuread: true,
    resourceProviderRegistrations: "none",
    ...(props.register && { resourceProvidersToRegister: [...props.register] }),
  });
  requireSource(stack, "azurerm", "hashicorp/azurerm");
}

export interface DatabricksProviderProps {
  /** Host name of the workspace, without a scheme. */
  readonly workspaceUrl: string;
  /** Azure resource id of the workspace: a deployer that is no user of it yet can only enter by this. */
  readonly workspaceResourceId: string;
}

/** The databricks provider; credentials come from the deployer's environment. Never in the stack that makes the workspace. */
export function useDatabricks(stack: TerraformStack, props: DatabricksProviderProps): void {
  new DatabricksProvider(stack, "databricks", {
    host: `https://${props.workspaceUrl}`,
    azureWorkspaceResourceId: props.workspaceResourceId,
  });
  requireSource(stack, "databricks", "databricks/databricks");
}

/** cdktf shortens the source of HashiCorp's own providers, which other registries resolve differently. */
function requireSource(stack: TerraformStack, name: string, source: string): void {
  stack.addOverride(`terraform.required_providers.${name}.source`, source);
}
