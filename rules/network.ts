import { block, blocks, ofEach, resources, texts, type Properties, type Rule, type Stacks } from "./rule";

const workspaceParameters = (workspace: Properties): Properties => block(workspace["custom_parameters"]);

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

/** Ports of a private endpoint of a workspace that clusters need. Source: Azure Databricks, "Azure Private Link concepts". */
const CONTROL_PLANE_PORTS = [443, 3306, 6666, ...Array.from({ length: 9 }, (_, index) => 8443 + index)];

const listed = (one: unknown, several: unknown): readonly string[] =>
  typeof one === "string" ? [one] : texts(several);

const covers = (range: string, port: number): boolean => {
  const [first, last = first] = range.split("-").map(Number);
  return range === "*" || (first! <= port && port <= last!);
};

/** Whether the inbound rule that decides of `port` from a subnet with this prefix lets it in. */
const letsIn = (group: Properties, prefix: string, port: number): boolean => {
  const deciding = blocks(group["security_rule"])
    .filter((rule) => rule["direction"] === "Inbound" && ["Tcp", "*"].includes(String(rule["protocol"])))
    .filter((rule) =>
      listed(rule["source_address_prefix"], rule["source_address_prefixes"]).some((source) =>
        ["*", "VirtualNetwork", prefix].includes(source),
      ),
    )
    .filter((rule) =>
      listed(rule["destination_port_range"], rule["destination_port_ranges"]).some((range) => covers(range, port)),
    )
    .sort((one, other) => Number(one["priority"]) - Number(other["priority"]))[0];
  // Azure's own rule lets the network in where no other decides.
  return deciding === undefined || deciding["access"] === "Allow";
};

/** The group that is associated with the subnet. */
const groupOf = (stacks: Stacks, subnet: string): Properties | undefined => {
  const association = resources(stacks, "azurerm_subnet_network_security_group_association").find(
    ({ properties }) => properties["subnet_id"] === `\${${subnet}.id}`,
  );
  const id = String(association?.properties["network_security_group_id"]);
  return resources(stacks, "azurerm_network_security_group").find(
    ({ address }) => id === `\${${address.split(" ")[1]}.id}`,
  )?.properties;
};

const isPrivate = (stacks: Stacks): boolean => resources(stacks, "azurerm_private_endpoint").length > 0;

export const network: readonly Rule[] = [
  {
    name: "workspaces-are-injected-without-public-addresses",
    otherwise: "network injection cannot be added later without replacing the workspace",
    check: ofEach("azurerm_databricks_workspace", (workspace) => {
      const { no_public_ip, virtual_network_id } = workspaceParameters(workspace);
      return no_public_ip === true && virtual_network_id
        ? undefined
        : "is not injected, or gives its machines public addresses";
    }),
  },
  {
    name: "workspace-subnets-have-a-way-out",
    otherwise: "new networks have no default outbound access, so clusters never start",
    check: guardedBy("azurerm_subnet_nat_gateway_association", "has no NAT gateway"),
  },
  {
    name: "public-addresses-outlive-a-policy",
    otherwise:
      "IP tags that a policy adds would replace the address, and firewalls that allow it would then block the cluster",
    thread: "microsoft/AzureTRE#5019",
    check: ofEach("azurerm_public_ip", ({ lifecycle }) =>
      texts(block(lifecycle)["ignore_changes"]).includes("ip_tags") ? undefined : "does not ignore ip_tags",
    ),
  },
  {
    name: "workspace-subnets-have-a-security-group",
    otherwise: "Databricks refuses the subnet",
    check: guardedBy("azurerm_subnet_network_security_group_association", "has no network security group"),
  },
  {
    name: "endpoint-subnets-let-the-cluster-in",
    otherwise: "clusters reach only port 443 of the control plane and do not start",
    check: (stacks) => {
      const prefixes = delegated(stacks).flatMap(({ properties }) => texts(properties["address_prefixes"]));
      return resources(stacks, "azurerm_subnet")
        .filter(({ properties }) => /Enabled$/.test(String(properties["private_endpoint_network_policies"])))
        .flatMap(({ address }) => {
          const group = groupOf(stacks, address.split(" ")[1]!);
          const shut = CONTROL_PLANE_PORTS.filter(
            (port) => group !== undefined && !prefixes.every((prefix) => letsIn(group, prefix, port)),
          );
          return shut.length > 0 ? [`${address} shuts out the cluster on ${shut.join(", ")}`] : [];
        });
    },
  },
  {
    name: "managed-groups-have-a-name-of-their-own",
    otherwise: "Azure creates the group itself, and refuses a name that exists or equals the workspace's",
    check: (stacks) => {
      const groups = resources(stacks, "azurerm_resource_group").map(({ properties }) => properties["name"]);
      return ofEach("azurerm_databricks_workspace", ({ name, managed_resource_group_name: managed }) =>
        managed === name || groups.includes(managed) ? `has the managed resource group ${String(managed)}` : undefined,
      )(stacks);
    },
  },
  {
    name: "closed-workspaces-ask-for-no-databricks-rules",
    otherwise: "the provider refuses the workspace, or machines call a control plane that they cannot reach",
    check: ofEach("azurerm_databricks_workspace", (workspace) =>
      workspace["public_network_access_enabled"] === false &&
      workspace["network_security_group_rules_required"] !== "NoAzureDatabricksRules"
        ? "is closed and does not ask for NoAzureDatabricksRules"
        : undefined,
    ),
  },
  {
    name: "workspaces-state-their-security-rules",
    otherwise: "going back to public sends an empty string, which Azure refuses",
    check: ofEach("azurerm_databricks_workspace", ({ network_security_group_rules_required: rules }) =>
      rules ? undefined : "does not state network_security_group_rules_required",
    ),
  },
  {
    name: "closed-storage-lets-azure-services-in",
    otherwise: "the firewall blocks blob events",
    check: ofEach("azurerm_storage_account_network_rules", ({ default_action, bypass }) =>
      default_action === "Deny" && !texts(bypass).includes("AzureServices")
        ? "does not let AzureServices pass"
        : undefined,
    ),
  },
  {
    name: "private-factories-enter-from-their-managed-network",
    otherwise: "a private workspace does not answer a factory on the internet",
    check: (stacks) =>
      isPrivate(stacks)
        ? ofEach("azurerm_data_factory_linked_custom_service", ({ integration_runtime }) =>
            block(integration_runtime)["name"] ? undefined : "uses no integration runtime of the managed network",
          )(stacks)
        : [],
  },
];
