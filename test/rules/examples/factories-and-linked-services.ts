import { change, everyOf, type Examples, type Stacks } from "../spoil";

const linkedService = (from: RegExp, to: string) => (stacks: Stacks) =>
  everyOf(stacks, "azurerm_data_factory_linked_custom_service").forEach((service) => {
    service["type_properties_json"] = String(service["type_properties_json"]).replace(from, to);
  });

export const factoriesAndLinkedServices: Examples = {
  "places-in-the-lake-are-in-a-container-of-the-stacks": {
    spoil: change("azurerm_data_factory", {
      global_parameter: [{ name: "landing_root", value: "abfss://raw@plant.dfs.core.windows.net/incoming" }],
    }),
    found: "names another container in landing_root; there are: lake, landing, verification",
  },
  "factories-have-no-git-configuration": {
    spoil: change("azurerm_data_factory", { github_configuration: [{}] }),
    found: "git configuration",
  },
  "factories-have-an-identity-of-their-own-choosing": {
    spoil: change("azurerm_data_factory", { identity: { type: "SystemAssigned" } }),
    found: "no user-assigned identity",
  },
  "linked-services-open-databricks-by-identity": {
    spoil: linkedService(/"?authentication"? ?[:=] ?"MSI"/, '"accessToken": "t"'),
    found: "managed identity",
  },
  "linked-services-use-an-existing-cluster": {
    spoil: linkedService(/existingClusterId/, "newClusterVersion"),
    found: "existing cluster",
  },
  "linked-services-state-the-scheme": { spoil: linkedService(/https:\/\//, ""), found: "without https://" },
};
