import { block, blocks, ofEach, resources, texts, type Properties, type Rule } from "./rule";
import { containersOf } from "./storage";

const typeProperties = (linkedService: Properties): string => String(linkedService["type_properties_json"]);

export const factoriesAndLinkedServices: readonly Rule[] = [
  {
    name: "places-in-the-lake-are-in-a-container-of-the-stacks",
    otherwise: "notebooks read a container that does not exist, or that raises no events",
    check: ofEach("azurerm_data_factory", ({ global_parameter }, stacks) => {
      const containers = containersOf(stacks);
      const elsewhere = blocks(global_parameter).filter(({ value }) => {
        const container = /^abfss:\/\/([^@]+)@/.exec(String(value))?.[1];
        return container !== undefined && !containers.includes(container);
      });
      const names = elsewhere.map(({ name }) => name).join(", ");
      return names === "" ? undefined : `names another container in ${names}; there are: ${containers.join(", ")}`;
    }),
  },
  {
    name: "factories-have-no-git-configuration",
    otherwise: "a deployment writes to the live factory, and the provider silently drops the configuration",
    thread: "hashicorp/terraform-provider-azurerm#31094",
    check: ofEach("azurerm_data_factory", (factory) =>
      "github_configuration" in factory || "vsts_configuration" in factory ? "states a git configuration" : undefined,
    ),
  },
  {
    name: "factories-have-an-identity-of-their-own-choosing",
    otherwise: "Terraform does not know the client id of a system-assigned identity, which Databricks needs",
    check: ofEach("azurerm_data_factory", ({ identity }) =>
      String(block(identity)["type"]).includes("UserAssigned") && texts(block(identity)["identity_ids"]).length > 0
        ? undefined
        : "has no user-assigned identity",
    ),
  },
  {
    name: "linked-services-open-databricks-by-identity",
    otherwise: "a token or key would be in the state",
    check: ofEach("azurerm_data_factory_linked_custom_service", (service) =>
      /"?authentication"? ?[:=] ?"MSI"/.test(typeProperties(service)) &&
      /CredentialReference/.test(typeProperties(service)) &&
      !/accessToken|encryptedCredential|SecureString/.test(typeProperties(service))
        ? undefined
        : "does not open the workspace by a managed identity",
    ),
  },
  {
    name: "linked-services-use-an-existing-cluster",
    otherwise: "the provider drops the data security mode of a new cluster, and Unity Catalog is unavailable",
    thread: "Azure/Azure-DataFactory#705",
    check: (stacks) => [
      ...resources(stacks, "azurerm_data_factory_linked_service_azure_databricks").map(
        ({ address }) => `${address} knows no credential, and makes clusters without a data security mode`,
      ),
      ...ofEach("azurerm_data_factory_linked_custom_service", (service) =>
        /existingClusterId/.test(typeProperties(service)) && !/newCluster/.test(typeProperties(service))
          ? undefined
          : "does not use an existing cluster",
      )(stacks),
    ],
  },
  {
    name: "linked-services-state-the-scheme",
    otherwise: "the workspace's URL has no scheme, and the factory treats it as a relative path",
    check: ofEach("azurerm_data_factory_linked_custom_service", (service) =>
      /"?domain"? ?[:=] ?"https:\/\//.test(typeProperties(service)) ? undefined : "has a domain without https://",
    ),
  },
];
