import { TerraformResource, type IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/** What holds data, or would lose it, or the rights that others have given it, by being replaced. */
export const STATEFUL: readonly string[] = [
  "azurerm_storage_account",
  "azurerm_storage_container",
  "azurerm_databricks_workspace",
  "azurerm_databricks_access_connector",
  "azurerm_data_factory",
  "azurerm_user_assigned_identity",
  "azurerm_virtual_network",
  "azurerm_log_analytics_workspace",
  "databricks_catalog",
  "databricks_schema",
  "databricks_volume",
  "databricks_mlflow_experiment",
];

/** Makes Terraform refuse any plan that would destroy or replace a stateful resource. */
export class Protection implements IAspect {
  visit(node: IConstruct): void {
    if (!TerraformResource.isTerraformResource(node) || !STATEFUL.includes(node.terraformResourceType)) return;
    node.lifecycle = { ...node.lifecycle, preventDestroy: true };
  }
}
