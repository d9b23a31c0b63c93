import type { EnvironmentSettings } from "../../environments/settings/settings";
import { load } from "../../environments/load";
import { every, synthesize, the } from "./synthesized";

const dev = load("dev");
const inside: EnvironmentSettings = { ...dev, network: { ...dev.network, access: "private", deployer: "inside" } };
const outside: EnvironmentSettings = { ...inside, network: { ...inside.network, deployer: ["203.0.113.7"] } };

const open = synthesize(dev);
const closed = synthesize(inside);
const ajar = synthesize(outside);

describe("private access, the deployer inside", () => {
  test("storage, workspace and factory are shut to the internet", () => {
    expect(the(closed.foundation, "azurerm_storage_account").public_network_access_enabled).toBe(false);
    expect(the(closed.foundation, "azurerm_databricks_workspace").public_network_access_enabled).toBe(false);
    expect(the(closed.dataFactory, "azurerm_data_factory").public_network_enabled).toBe(false);
  });

  test("blob events and Databricks' control plane get past the storage firewall, nobody else", () => {
    expect(the(closed.foundation, "azurerm_storage_account_network_rules")).toMatchObject({
      default_action: "Deny",
      bypass: ["AzureServices"],
      ip_rules: [],
      private_link_access: [{ endpoint_resource_id: "${azurerm_databricks_access_connector.access_connector.id}" }],
    });
  });

  test("the workspace's own storage has its firewall on, and no rule of Databricks' public control plane is asked for", () => {
    expect(the(closed.foundation, "azurerm_databricks_workspace")).toMatchObject({
      default_storage_firewall_enabled: true,
      network_security_group_rules_required: "NoAzureDatabricksRules",
    });
  });

  test("there is an endpoint to each service, found in its zone, in the endpoints' own subnet", () => {
    const endpoints = [closed.foundation, closed.dataFactory].flatMap((stack) =>
      every(stack, "azurerm_private_endpoint"),
    );
    const ways = endpoints.map(({ private_service_connection, private_dns_zone_group }) => [
      (private_service_connection as { subresource_names: string[] }).subresource_names[0],
      /privatelink_\w+_(net|com)/.exec(JSON.stringify(private_dns_zone_group))?.[0],
    ]);
    expect(ways).toEqual([
      ["browser_authentication", "privatelink_azuredatabricks_net"],
      ["databricks_ui_api", "privatelink_azuredatabricks_net"],
      ["blob", "privatelink_blob_core_windows_net"],
      ["dfs", "privatelink_dfs_core_windows_net"],
      ["blob", "privatelink_blob_core_windows_net"],
      ["dfs", "privatelink_dfs_core_windows_net"],
      ["dataFactory", "privatelink_datafactory_azure_net"],
      ["portal", "privatelink_adf_azure_com"],
    ]);
    for (const { subnet_id } of endpoints) expect(subnet_id).toContain("network_endpoint_subnet");
  });

  test("every zone is linked to the network", () => {
    const zones = every(closed.foundation, "azurerm_private_dns_zone").map(({ name }) => name);
    expect(zones.sort()).toEqual([
      "privatelink.adf.azure.com",
      "privatelink.azuredatabricks.net",
      "privatelink.blob.core.windows.net",
      "privatelink.datafactory.azure.net",
      "privatelink.dfs.core.windows.net",
    ]);
    expect(every(closed.foundation, "azurerm_private_dns_zone_virtual_network_link")).toHaveLength(zones.length);
  });

  test("the factory enters the workspace from its managed network, by an endpoint of its own", () => {
    expect(the(closed.dataFactory, "azurerm_data_factory_managed_private_endpoint")).toMatchObject({
      name: "databricks",
      subresource_name: "databricks_ui_api",
      target_resource_id: expect.stringMatching(/databricks_workspace_id}$/),
    });
    expect(the(closed.dataFactory, "azurerm_data_factory_integration_runtime_azure").virtual_network_enabled).toBe(
      true,
    );
    expect(the(closed.dataFactory, "azurerm_data_factory_linked_custom_service").integration_runtime).toEqual({
      name: "${azurerm_data_factory_integration_runtime_azure.factory_managed_runtime.name}",
    });
  });

  test("no address list is needed", () => {
    expect(closed.databricks.resource).not.toHaveProperty("databricks_ip_access_list");
  });
});

describe("private access, the deployer outside", () => {
  test("storage and workspace let the deployer's addresses in, and no other", () => {
    expect(the(ajar.foundation, "azurerm_storage_account")).toMatchObject({
      public_network_access_enabled: true,
    });
    expect(the(ajar.foundation, "azurerm_storage_account_network_rules")).toMatchObject({
      default_action: "Deny",
      ip_rules: ["203.0.113.7"],
    });
    expect(the(ajar.foundation, "azurerm_databricks_workspace").public_network_access_enabled).toBe(true);
    expect(the(ajar.databricks, "databricks_ip_access_list")).toMatchObject({
      list_type: "ALLOW",
      ip_addresses: ["203.0.113.7"],
      depends_on: ["databricks_workspace_conf.address_lists"],
    });
    expect(the(ajar.databricks, "databricks_workspace_conf").custom_config).toEqual({ enableIpAccessLists: "true" });
  });

  test("the factory, which nobody enters to deploy, stays shut", () => {
    expect(the(ajar.dataFactory, "azurerm_data_factory").public_network_enabled).toBe(false);
  });
});

describe("public access", () => {
  test("what private access sets on the workspace is stated as off, or Azure and the provider would keep it", () => {
    expect(the(open.foundation, "azurerm_storage_account").public_network_access_enabled).toBe(true);
    expect(the(open.foundation, "azurerm_databricks_workspace")).toMatchObject({
      public_network_access_enabled: true,
      default_storage_firewall_enabled: false,
      network_security_group_rules_required: "AllRules",
    });
  });

  test("there is no endpoint, zone or firewall, but the subnet, managed network and runtime that going private needs", () => {
    for (const stack of [open.foundation, open.dataFactory])
      expect(Object.keys(stack.resource).filter((type) => /private|network_rules/.test(type))).toEqual([]);
    expect(the(open.dataFactory, "azurerm_data_factory_linked_custom_service")).not.toHaveProperty(
      "integration_runtime",
    );
    expect(the(open.dataFactory, "azurerm_data_factory_integration_runtime_azure").virtual_network_enabled).toBe(true);
    expect(every(open.foundation, "azurerm_subnet").map(({ name }) => name)).toContain("snet-pdm-dev-d01-endpoints");
    expect(the(open.dataFactory, "azurerm_data_factory").managed_virtual_network_enabled).toBe(true);
  });
});

test("what cannot be changed later is the same in public and in private", () => {
  const fixed = (stack: typeof open) => {
    const { name, managed_resource_group_name, custom_parameters, infrastructure_encryption_enabled } = the(
      stack.foundation,
      "azurerm_databricks_workspace",
    );
    return { name, managed_resource_group_name, custom_parameters, infrastructure_encryption_enabled };
  };
  expect(fixed(closed)).toEqual(fixed(open));
});

test("the storage account that Databricks makes is closed and has endpoints, or neither", () => {
  const endpoints = (rootStorageEndpoints: boolean) => {
    const { foundation } = synthesize({ ...inside, network: { ...inside.network, rootStorageEndpoints } });
    return {
      closed: the(foundation, "azurerm_databricks_workspace").default_storage_firewall_enabled,
      root: every(foundation, "azurerm_private_endpoint")
        .map(({ name }) => name)
        .filter((name) => /-root-/.test(String(name))),
    };
  };
  expect(endpoints(true)).toEqual({ closed: true, root: ["pep-pdm-dev-d01-root-blob", "pep-pdm-dev-d01-root-dfs"] });
  expect(endpoints(false)).toEqual({ closed: false, root: [] });
});

test("browsers get their endpoint after the API's, and none where another environment of the zone has it", () => {
  const subresources = (browserAuthentication: boolean) => {
    const { foundation } = synthesize({ ...inside, network: { ...inside.network, browserAuthentication } });
    return every(foundation, "azurerm_private_endpoint").filter(({ name }) => /-databricks-/.test(String(name)));
  };
  expect(subresources(true).map(({ name, depends_on }) => [name, depends_on])).toEqual([
    [
      "pep-pdm-dev-d01-databricks-browser-authentication",
      ["azurerm_private_endpoint.databricks_databricks_ui_api_endpoint"],
    ],
    ["pep-pdm-dev-d01-databricks-databricks-ui-api", []],
  ]);
  expect(subresources(false)).toHaveLength(1);
});
