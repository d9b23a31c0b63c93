import { block, comesAfter, ofEach, resources, texts, type Resource, type Rule, type Stacks } from "./rule";

const endpointsOf = (stacks: Stacks): readonly Resource[] => resources(stacks, "azurerm_private_endpoint");

const targetOf = ({ properties }: Resource): string =>
  String(block(properties["private_service_connection"])["private_connection_resource_id"]);

const enters = ({ properties }: Resource, subresource: string): boolean =>
  texts(block(properties["private_service_connection"])["subresource_names"]).includes(subresource);

export const privateEndpoints: readonly Rule[] = [
  {
    name: "closed-accounts-have-endpoints",
    otherwise: "nobody can reach them",
    check: (stacks) => {
      const targets = endpointsOf(stacks).map(targetOf);
      return ofEach("azurerm_storage_account", (account) =>
        account["public_network_access_enabled"] === false &&
        !targets.some((target) => /azurerm_storage_account/.test(target))
          ? "is closed and has no private endpoint"
          : undefined,
      )(stacks);
    },
  },
  {
    name: "closed-root-storage-has-endpoints",
    otherwise: "clusters cannot reach the workspace's own storage and do not start",
    thread: "databricks/terraform-databricks-examples#40",
    check: (stacks) => {
      const inside = endpointsOf(stacks).filter((endpoint) =>
        /managed_resource_group_id.*storageAccounts/.test(targetOf(endpoint)),
      );
      return ofEach("azurerm_databricks_workspace", ({ default_storage_firewall_enabled }) => {
        const missing = ["blob", "dfs"].filter((kind) => !inside.some((endpoint) => enters(endpoint, kind)));
        return default_storage_firewall_enabled === true && missing.length > 0
          ? `closes its storage, which has no endpoint for ${missing.join(" and ")}`
          : undefined;
      })(stacks);
    },
  },
  {
    name: "endpoints-of-one-resource-are-made-one-by-one",
    otherwise: "a workspace refuses the second with ConcurrentUpdateError, and Terraform does not retry",
    thread: "hashicorp/terraform-provider-azurerm#26373",
    check: (stacks) => {
      const endpoints = endpointsOf(stacks);
      return endpoints.flatMap((one, index) =>
        endpoints
          .slice(index + 1)
          .filter((other) => other.stack === one.stack && targetOf(other) === targetOf(one))
          .filter((other) => !comesAfter(stacks, one, other) && !comesAfter(stacks, other, one))
          .map((other) => `${one.address} may be made together with ${other.address}`),
      );
    },
  },
  {
    name: "workspaces-are-entered-by-their-api-first",
    otherwise: "Azure refuses the browser endpoint if there is no API endpoint",
    thread: "microsoft/terraform-provider-azuredevops#106",
    check: (stacks) => {
      const first = endpointsOf(stacks).filter((endpoint) => enters(endpoint, "databricks_ui_api"));
      return endpointsOf(stacks)
        .filter((endpoint) => enters(endpoint, "browser_authentication"))
        .filter((endpoint) => !first.some((api) => comesAfter(stacks, endpoint, api)))
        .map(({ address }) => `${address} does not wait for databricks_ui_api`);
    },
  },
  {
    name: "endpoints-wait-for-the-workspace",
    otherwise: "Azure changes the network while it creates the workspace, and refuses the endpoint",
    thread: "hashicorp/terraform-provider-azurerm#17649",
    check: (stacks) =>
      resources(stacks, "azurerm_databricks_workspace").flatMap((workspace) =>
        endpointsOf(stacks)
          .filter((endpoint) => endpoint.stack === workspace.stack && !comesAfter(stacks, endpoint, workspace))
          .map(({ address }) => `${address} does not wait for the workspace`),
      ),
  },
  {
    name: "endpoints-have-a-zone",
    otherwise: "names still resolve to the public address",
    check: ofEach("azurerm_private_endpoint", ({ private_dns_zone_group }) =>
      texts(block(private_dns_zone_group)["private_dns_zone_ids"]).length > 0 ? undefined : "is in no private DNS zone",
    ),
  },
  {
    name: "zones-are-linked",
    otherwise: "names resolve to the public address, because no network uses the zone",
    check: (stacks) => {
      const linked = resources(stacks, "azurerm_private_dns_zone_virtual_network_link").map(({ properties }) =>
        String(properties["private_dns_zone_name"]),
      );
      return resources(stacks, "azurerm_private_dns_zone")
        .filter(({ address, properties }) => {
          const [, terraform] = address.split(" ");
          return !linked.some((name) => name === properties["name"] || name === `\${${terraform}.name}`);
        })
        .map(({ address }) => `${address} is linked to no network`);
    },
  },
];
