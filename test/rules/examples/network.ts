import { change, everyOf, type Examples, remove, type Resource, without } from "../spoil";

const workspace = "azurerm_databricks_workspace";

export const network: Examples = {
  "workspaces-are-injected-without-public-addresses": {
    spoil: change(workspace, { custom_parameters: { no_public_ip: false } }),
    found: "not injected",
  },
  "workspace-subnets-have-a-way-out": {
    spoil: remove("azurerm_subnet_nat_gateway_association"),
    found: "no NAT gateway",
  },
  "public-addresses-outlive-a-policy": { spoil: without("azurerm_public_ip", "lifecycle"), found: "ip_tags" },
  "workspace-subnets-have-a-security-group": {
    spoil: remove("azurerm_subnet_network_security_group_association"),
    found: "no network security group",
  },
  "endpoint-subnets-let-the-cluster-in": {
    spoil: (stacks) =>
      everyOf(stacks, "azurerm_network_security_group").forEach((group) => {
        const rules = (group["security_rule"] ?? []) as Resource[];
        group["security_rule"] = rules.filter(({ name }) => name !== "databricks-from-the-cluster");
      }),
    found: "shuts out the cluster on 3306, 6666, 8443",
  },
  "managed-groups-have-a-name-of-their-own": {
    spoil: change(workspace, { managed_resource_group_name: "rg-pdm-dev-d01" }),
    found: "rg-pdm-dev-d01",
  },
  "closed-workspaces-ask-for-no-databricks-rules": {
    spoil: change(workspace, { network_security_group_rules_required: "AllRules" }),
    found: "NoAzureDatabricksRules",
  },
  "workspaces-state-their-security-rules": {
    spoil: without(workspace, "network_security_group_rules_required"),
    found: "does not state",
  },
  "closed-storage-lets-azure-services-in": {
    spoil: change("azurerm_storage_account_network_rules", { bypass: ["None"] }),
    found: "AzureServices",
  },
  "private-factories-enter-from-their-managed-network": {
    spoil: without("azurerm_data_factory_linked_custom_service", "integration_runtime"),
    found: "no integration runtime",
  },
};
