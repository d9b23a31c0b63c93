import { type Examples, remove, without } from "../spoil";

export const privateEndpoints: Examples = {
  "closed-accounts-have-endpoints": { spoil: remove("azurerm_private_endpoint"), found: "no private endpoint" },
  "closed-root-storage-has-endpoints": {
    spoil: ({ foundation }) => delete foundation.resource["azurerm_private_endpoint"]!["root_dfs_endpoint"],
    found: "no endpoint for dfs",
  },
  "endpoints-of-one-resource-are-made-one-by-one": {
    spoil: without("azurerm_private_endpoint", "depends_on"),
    found: "browser_authentication_endpoint may be made together with",
  },
  "workspaces-are-entered-by-their-api-first": {
    spoil: ({ foundation: { resource } }) => {
      const { databricks_databricks_ui_api_endpoint: api, databricks_browser_authentication_endpoint: browsers } =
        resource["azurerm_private_endpoint"]!;
      delete browsers!["depends_on"];
      api!["depends_on"] = ["azurerm_private_endpoint.databricks_browser_authentication_endpoint"];
    },
    found: "browser_authentication_endpoint does not wait",
  },
  "endpoints-wait-for-the-workspace": {
    spoil: ({ foundation }) =>
      delete foundation.resource["azurerm_private_endpoint"]!["lake_blob_endpoint"]!["depends_on"],
    found: "lake_blob_endpoint does not wait",
  },
  "endpoints-have-a-zone": {
    spoil: without("azurerm_private_endpoint", "private_dns_zone_group"),
    found: "no private DNS zone",
  },
  "zones-are-linked": { spoil: remove("azurerm_private_dns_zone_virtual_network_link"), found: "no network" },
};
