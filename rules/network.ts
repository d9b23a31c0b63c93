import { workspaceParameters } from "./databricks";
import { block, blocks, ofEach, resources, texts, type Rule, type Stacks } from "./rule";

const delegated = (stacks: Stacks) =>
  resources(stacks, "azurerm_subnet").filter(({ properties }) => blocks(properties["delegation"]).length > 0);

const guardedBy =
  (type: string, how: string): Rule["check"] =>
  (stacks) => {
    const subnets = resources(stacks, type).map(({ properties }) => String(properties["subnet_id"]));
    return delegated(stacks)
      .filter(({ address }) => !subnets.includes(`\${${address.split(" ")[1]}.id}`))
      .map(({ address }) => `${address} ${how}`);
  };

const isPrivate = (stacks: Stacks): boolean => resources(stacks, "azurerm_private_endpoint").length > 0;

export const network: readonly Rule[] = [
  {
    name: "workspaces-are-injected-without-public-addresses",
    otherwise: "injection cannot be added later without another workspace",
    check: ofEach("azurerm_databricks_workspace", (workspace) => {
      const { no_public_ip, virtual_network_id } = workspaceParameters(workspace);
      return no_public_ip === true && virtual_network_id
        ? undefined
        : "is not injected, or gives its machines public addresses";
    }),
  },
  {
    name: "workspace-subnets-have-a-way-out",
    otherwise: "new networks have no default outbound access: clusters never start",
    check: guardedBy("azurerm_subnet_nat_gateway_association", "has no NAT gateway"),
  },
  {
    name: "workspace-subnets-have-a-security-group",
    otherwise: "Databricks refuses the subnet",
    check: guardedBy("azurerm_subnet_network_security_group_association", "has no network security group"),
  },
  {
    name: "managed-groups-have-a-name-of-their-own",
    otherwise: "Azure makes the group itself, and refuses one that exists or is called like the workspace",
    check: (stacks) => {
      const groups = resources(stacks, "azurerm_resource_group").map(({ properties }) => properties["name"]);
      return ofEach("azurerm_databricks_workspace", ({ name, managed_resource_group_name: managed }) =>
        managed === name || groups.includes(managed) ? `has the managed resource group ${String(managed)}` : undefined,
      )(stacks);
    },
  },
  {
    name: "closed-workspaces-ask-for-no-databricks-rules",
    otherwise: "the provider refuses, or machines call a control plane that they cannot reach",
    check: ofEach("azurerm_databricks_workspace", (workspace) =>
      workspace["public_network_access_enabled"] === false &&
      workspace["network_security_group_rules_required"] !== "NoAzureDatabricksRules"
        ? "is closed and does not ask for NoAzureDatabricksRules"
        : undefined,
    ),
  },
  {
    name: "workspaces-state-their-security-rules",
    otherwise: "going back to public sends an empty text, which Azure refuses",
    check: ofEach("azurerm_databricks_workspace", ({ network_security_group_rules_required: rules }) =>
      rules ? undefined : "does not state network_security_group_rules_required",
    ),
  },
  {
    name: "closed-storage-lets-azure-services-in",
    otherwise: "no blob event comes through the firewall",
    check: ofEach("azurerm_storage_account_network_rules", ({ default_action, bypass }) =>
      default_action === "Deny" && !texts(bypass).includes("AzureServices")
        ? "does not let AzureServices pass"
        : undefined,
    ),
  },
  {
    name: "closed-accounts-have-endpoints",
    otherwise: "nobody at all reaches them",
    check: (stacks) => {
      const targets = resources(stacks, "azurerm_private_endpoint").map(({ properties }) =>
        String(block(properties["private_service_connection"])["private_connection_resource_id"]),
      );
      return ofEach("azurerm_storage_account", (account) =>
        account["public_network_access_enabled"] === false &&
        !targets.some((target) => /azurerm_storage_account/.test(target))
          ? "is closed and has no private endpoint"
          : undefined,
      )(stacks);
    },
  },
  {
    name: "endpoints-have-a-zone",
    otherwise: "names go on leading to the public address",
    check: ofEach("azurerm_private_endpoint", ({ private_dns_zone_group }) =>
      texts(block(private_dns_zone_group)["private_dns_zone_ids"]).length > 0 ? undefined : "is in no private DNS zone",
    ),
  },
  {
    name: "zones-are-linked",
    otherwise: "a zone that no network asks is not asked",
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
  {
    name: "private-factories-enter-from-their-managed-network",
    otherwise: "a closed workspace does not answer a factory on the internet",
    check: (stacks) =>
      isPrivate(stacks)
        ? ofEach("azurerm_data_factory_linked_custom_service", ({ integration_runtime }) =>
            block(integration_runtime)["name"] ? undefined : "uses no integration runtime of the managed network",
          )(stacks)
        : [],
  },
];
