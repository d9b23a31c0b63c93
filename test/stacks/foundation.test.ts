import { load } from "../../environments/load";
import { every, synthesize, the, type Properties } from "./synthesized";

const dev = load("dev");
const { foundation } = synthesize(dev);

describe("network", () => {
  test("the workspace is injected into a network of its own, without public addresses", () => {
    expect(the(foundation, "azurerm_databricks_workspace").custom_parameters).toEqual({
      no_public_ip: true,
      virtual_network_id: "${azurerm_virtual_network.network_virtual_network.id}",
      public_subnet_name: "${azurerm_subnet.network_public_subnet.name}",
      private_subnet_name: "${azurerm_subnet.network_private_subnet.name}",
      public_subnet_network_security_group_association_id:
        "${azurerm_subnet_network_security_group_association.network_public_subnet_security_group.id}",
      private_subnet_network_security_group_association_id:
        "${azurerm_subnet_network_security_group_association.network_private_subnet_security_group.id}",
    });
  });

  test("two subnets are delegated to Databricks, and none has a default way out", () => {
    const subnets = every(foundation, "azurerm_subnet");
    const delegation = [expect.objectContaining({ name: "databricks" })];
    expect(subnets.map((subnet) => [subnet.name, subnet.delegation])).toEqual([
      ["snet-pdm-dev-d01-endpoints", undefined],
      ["snet-pdm-dev-d01-private", delegation],
      ["snet-pdm-dev-d01-public", delegation],
    ]);
    for (const subnet of subnets) expect(subnet.default_outbound_access_enabled).toBe(false);
  });

  test("a NAT gateway lets both subnets out, before the workspace is made", () => {
    expect(every(foundation, "azurerm_subnet_nat_gateway_association")).toHaveLength(2);
    expect(the(foundation, "azurerm_databricks_workspace").depends_on).toEqual(
      expect.arrayContaining([
        "azurerm_nat_gateway_public_ip_association.network_nat_gateway_public_ip",
        "azurerm_subnet_nat_gateway_association.network_public_subnet_nat_gateway",
        "azurerm_subnet_nat_gateway_association.network_private_subnet_nat_gateway",
      ]),
    );
  });

  test("the endpoints' subnet is finished before the workspace, while whose making Azure refuses other changes", () => {
    expect(the(foundation, "azurerm_databricks_workspace").depends_on).toContain(
      "azurerm_subnet_network_security_group_association.network_endpoint_subnet_security_group",
    );
  });

  test("the machines' security group states no rules, because Databricks writes its own into it", () => {
    const [endpoints, machines] = every(foundation, "azurerm_network_security_group");
    expect(machines).not.toHaveProperty("security_rule");
    expect(endpoints).toHaveProperty("security_rule");
  });

  test("endpoints are reached by TLS from the network, by the control plane's ports from the cluster's subnets, and else by nobody", () => {
    const rules = every(foundation, "azurerm_network_security_group")[0]!.security_rule as Properties[];
    expect(
      rules.map((rule) => [
        rule.access,
        rule.source_address_prefix ?? rule.source_address_prefixes,
        rule.destination_port_range ?? rule.destination_port_ranges,
      ]),
    ).toEqual([
      ["Allow", "VirtualNetwork", "443"],
      ["Allow", [dev.network.publicSubnet, dev.network.privateSubnet], ["443", "3306", "6666", "8443-8451"]],
      ["Deny", "*", "*"],
    ]);
  });

  test("each subnet is guarded by its security group, the endpoints' too", () => {
    expect(every(foundation, "azurerm_subnet_network_security_group_association")).toHaveLength(3);
    expect(every(foundation, "azurerm_subnet").find(({ name }) => name === "snet-pdm-dev-d01-endpoints")).toMatchObject(
      {
        private_endpoint_network_policies: "NetworkSecurityGroupEnabled",
      },
    );
  });
});

describe("storage", () => {
  const account = the(foundation, "azurerm_storage_account");

  test("nobody opens the storage account with a key", () => {
    expect(account).toMatchObject({
      shared_access_key_enabled: false,
      default_to_oauth_authentication: true,
      local_user_enabled: false,
    });
    expect(foundation.provider.azurerm).toMatchObject([{ storage_use_azuread: true }]);
  });

  test("the storage account is a lake that takes TLS 1.2 only and has no public blobs", () => {
    expect(account).toMatchObject({
      is_hns_enabled: true,
      min_tls_version: "TLS1_2",
      allow_nested_items_to_be_public: false,
      cross_tenant_replication_enabled: false,
    });
  });

  test("deleted blobs and containers can be brought back; versioning, which a lake refuses, is not asked for", () => {
    expect(account.blob_properties).toEqual({
      container_delete_retention_policy: { days: 14 },
      delete_retention_policy: { days: 14 },
    });
  });

  test("raw files move to a cheaper tier and are never deleted", () => {
    expect(the(foundation, "azurerm_storage_management_policy").rule).toEqual([
      {
        name: "raw-files",
        enabled: true,
        filters: { blob_types: ["blockBlob"], prefix_match: ["landing/incoming/"] },
        actions: { base_blob: { tier_to_cool_after_days_since_modification_greater_than: 90 } },
      },
    ]);
  });

  test("raw files are archived only where the environment says when", () => {
    const archiving = synthesize({ ...dev, storage: { ...dev.storage, archiveAfterDays: 400 } });
    expect(the(archiving.foundation, "azurerm_storage_management_policy").rule).toMatchObject([
      {
        actions: {
          base_blob: {
            tier_to_cool_after_days_since_modification_greater_than: 90,
            tier_to_archive_after_days_since_modification_greater_than: 400,
          },
        },
      },
    ]);
  });

  test("the lake of production is copied to another region", () => {
    const prod = synthesize(load("prod"));
    expect(the(prod.foundation, "azurerm_storage_account").account_replication_type).toBe("GZRS");
  });

  test("containers are made through Resource Manager, which needs no key and no way through a firewall", () => {
    const containers = every(foundation, "azurerm_storage_container");
    expect(containers.map(({ name }) => name)).toEqual(["lake", "landing", "verification"]);
    for (const container of containers) {
      expect(container).toMatchObject({ storage_account_id: "${azurerm_storage_account.data_lake_account.id}" });
      expect(container).not.toHaveProperty("storage_account_name");
    }
    expect(foundation.provider.azurerm).toMatchObject([{ features: [{ storage: [{ data_plane_available: false }] }] }]);
  });
});

describe("identities", () => {
  test("every role says why it is there and is confined to what it is for", () => {
    const roles = every(foundation, "azurerm_role_assignment");
    for (const role of roles) expect(role.description).toMatch(/^\S.{20,}\.$/);
    expect(roles.map((role) => [role.role_definition_name, role.scope])).toEqual([
      ["Storage Blob Delegator", "${azurerm_storage_account.data_lake_account.id}"],
      ["Storage Blob Data Contributor", "${azurerm_storage_container.data_lake_lake.id}"],
      ["Storage Blob Data Reader", "${azurerm_storage_container.data_lake_landing.id}"],
      ["Storage Blob Data Reader", "${azurerm_storage_container.data_lake_verification.id}"],
    ]);
  });

  test("the access connector alone touches the lake", () => {
    const principals = every(foundation, "azurerm_role_assignment").map((role) => role.principal_id);
    expect(new Set(principals)).toEqual(
      new Set(["${azurerm_databricks_access_connector.access_connector.identity[0].principal_id}"]),
    );
  });

  test("roles are given to identities that Entra may not show yet", () => {
    for (const role of every(foundation, "azurerm_role_assignment"))
      expect(role).toMatchObject({ principal_type: "ServicePrincipal", skip_service_principal_aad_check: true });
  });
});

describe("workspace", () => {
  test("the workspace is premium", () => {
    expect(the(foundation, "azurerm_databricks_workspace").sku).toBe("premium");
  });

  test("Azure can make the managed resource group, which has neither the workspace's nor the resource group's name", () => {
    const { name, managed_resource_group_name: managed } = the(foundation, "azurerm_databricks_workspace");
    expect([name, the(foundation, "azurerm_resource_group").name]).not.toContain(managed);
    expect(managed).toBe("rg-pdm-dev-d01-dbw");
  });
});
