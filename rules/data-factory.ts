import { PIPELINES } from "../contract/names";
import { block, blocks, ofEach, resources, texts, type Properties, type Rule, type Stacks } from "./rule";

const TRIGGERS = ["azurerm_data_factory_trigger_blob_event", "azurerm_data_factory_trigger_schedule"] as const;

const typeProperties = (linkedService: Properties): string => String(linkedService["type_properties_json"]);

const hasNull = (value: unknown): boolean =>
  value === null || (value instanceof Object && Object.values(value).some(hasNull));

/** Names of the containers of the lake: the account of the states is none. */
function containersOf(stacks: Stacks): readonly unknown[] {
  const lakes = resources(stacks, "azurerm_storage_account").filter(({ properties }) => properties["is_hns_enabled"]);
  const ids = lakes.map(({ address }) => `\${${address.split(" ")[1]}.id}`);
  return resources(stacks, "azurerm_storage_container")
    .filter(({ properties }) => ids.includes(String(properties["storage_account_id"])))
    .map(({ properties }) => properties["name"]);
}

/** Names of the pipelines that a pipeline starts. */
function executedBy(stacks: Stacks, pipeline: string): readonly string[] {
  return resources(stacks, "azurerm_data_factory_pipeline")
    .filter(({ properties }) => properties["name"] === pipeline)
    .flatMap(({ properties }) => [
      ...String(properties["activities_json"]).matchAll(/"referenceName":"([^"]+)","type":"PipelineReference"/g),
    ])
    .flatMap(([, name]) => name ?? []);
}

/** The properties of all requests among activities, nested ones too. */
function requestsOf(value: unknown): readonly Properties[] {
  if (!(value instanceof Object)) return [];
  const { type, typeProperties } = value as Properties;
  return [
    ...(type === "WebActivity" ? [block(typeProperties)] : []),
    ...Object.values(value).flatMap((inner: unknown) => requestsOf(inner)),
  ];
}

function isIdentified({ authentication }: Properties): boolean {
  const { type, resource, credential } = block(authentication);
  const isNamed = typeof resource === "string" && resource !== "" && credential !== undefined;
  return type === "UserAssignedManagedIdentity" && isNamed;
}

/** A token for an application (`api://`) is for any address, one for Azure's own services for Resource Manager alone. */
function isForItsReceiver({ url, authentication }: Properties): boolean {
  const asked = typeof url === "string" ? url : String(block(url)["value"]);
  const isToAzure = /^(@concat\(')?https:\/\/management\.azure\.com(?=['/])/.test(asked);
  const isForAzure = !String(block(authentication)["resource"]).startsWith("api://");
  return isToAzure === isForAzure;
}

/** Whoever drops the known plant waits for its run, and says so where none comes. */
const AWAITED: string = PIPELINES.verification;

export const dataFactory: readonly Rule[] = [
  {
    name: "activities-state-no-null",
    otherwise: "the service drops nulls, so every plan changes the pipeline",
    thread: "hashicorp/terraform-provider-azurerm#25586",
    check: ofEach("azurerm_data_factory_pipeline", ({ activities_json }) =>
      hasNull(JSON.parse(String(activities_json))) ? "states null in its activities" : undefined,
    ),
  },
  {
    name: "activities-hold-no-terraform-reference",
    otherwise: "references inside JSON are escaped twice or make it invalid",
    thread: "hashicorp/terraform-cdk#1796",
    check: ofEach("azurerm_data_factory_pipeline", ({ activities_json }) =>
      /\$\{(?!\{)|TfToken/.test(String(activities_json)) ? "has a Terraform reference in its activities" : undefined,
    ),
  },
  {
    name: "pipeline-parameters-are-texts",
    otherwise: "the provider supports only strings: with a number, every plan shows a change",
    thread: "hashicorp/terraform-provider-azurerm#13131",
    check: ofEach("azurerm_data_factory_pipeline", ({ parameters }) => {
      const wrong = Object.entries(block(parameters)).filter(([, value]) => typeof value !== "string");
      return wrong.length > 0
        ? `has parameters that are no texts: ${wrong.map(([name]) => name).join(", ")}`
        : undefined;
    }),
  },
  {
    name: "pipelines-wait-for-their-linked-service",
    otherwise:
      "JSON names the linked service in plain text, so Terraform creates or deletes the two in an order that the service refuses",
    check: ofEach("azurerm_data_factory_pipeline", ({ depends_on }) =>
      texts(depends_on).some((address) => address.startsWith("azurerm_data_factory_linked_"))
        ? undefined
        : "does not depend on its linked service",
    ),
  },
  {
    name: "pipelines-wait-for-those-that-they-start",
    otherwise: "the service refuses a pipeline that starts a missing one, and a deletion of one that another starts",
    check: ofEach("azurerm_data_factory_pipeline", ({ name, depends_on }, stacks) => {
      const awaited = texts(depends_on).filter((address) => address.startsWith("azurerm_data_factory_pipeline."));
      return awaited.length >= new Set(executedBy(stacks, String(name))).size
        ? undefined
        : "does not depend on each pipeline that it starts";
    }),
  },
  {
    name: "requests-are-made-by-the-factorys-identity",
    otherwise: "a key or token would be in the pipeline, or the request is refused",
    check: ofEach("azurerm_data_factory_pipeline", ({ activities_json }) =>
      requestsOf(JSON.parse(String(activities_json))).every(isIdentified)
        ? undefined
        : "makes a request without the factory's user-assigned identity",
    ),
  },
  {
    name: "tokens-go-to-whom-they-are-for",
    otherwise: "whoever answers a webhook could act in Azure as the factory",
    check: ofEach("azurerm_data_factory_pipeline", ({ activities_json }) =>
      requestsOf(JSON.parse(String(activities_json))).every(isForItsReceiver)
        ? undefined
        : "sends a token for Azure to another address, or one for another receiver to Azure",
    ),
  },
  {
    name: "triggers-wait-for-their-pipelines",
    otherwise:
      "the service refuses a trigger whose pipeline is missing, and a deletion of a pipeline that a trigger names",
    check: (stacks) =>
      TRIGGERS.flatMap((type) =>
        ofEach(type, ({ depends_on, pipeline }) =>
          texts(depends_on).filter((address) => address.startsWith("azurerm_data_factory_pipeline.")).length >=
          blocks(pipeline).length
            ? undefined
            : "does not depend on each of its pipelines",
        )(stacks),
      ),
  },
  {
    name: "triggers-are-made-stopped",
    otherwise:
      "the provider starts a trigger before it records it, so a failed start leaves one that is not in the state",
    thread: "hashicorp/terraform-provider-azurerm#31928",
    check: (stacks) =>
      TRIGGERS.flatMap((type) =>
        ofEach(type, ({ activated, lifecycle }) =>
          activated === false && texts(block(lifecycle)["ignore_changes"]).includes("activated")
            ? undefined
            : "is started by Terraform, or stopped again by its next apply",
        )(stacks),
      ),
  },
  {
    name: "events-have-a-catch-up",
    otherwise: "nothing recovers lost events: one user received 1,026 of 2,058",
    thread: "MicrosoftDocs/azure-docs#50654",
    check: (stacks) => {
      const started = (type: string) =>
        resources(stacks, type).flatMap(({ properties }) =>
          blocks(properties["pipeline"]).map(({ name }) => String(name)),
        );
      const scheduled = started("azurerm_data_factory_trigger_schedule");
      const isScheduled = (pipeline: string): boolean =>
        scheduled.includes(pipeline) || executedBy(stacks, pipeline).some(isScheduled);
      return started("azurerm_data_factory_trigger_blob_event")
        .filter((pipeline) => !isScheduled(pipeline) && pipeline !== AWAITED)
        .map((pipeline) => `pipeline ${pipeline} is started by events only`);
    },
  },
  {
    name: "events-of-folders-start-nothing",
    otherwise: "a hierarchical namespace creates an empty blob per folder, and each would start a run",
    thread: "Azure/Azure-DataFactory#152",
    check: ofEach("azurerm_data_factory_trigger_blob_event", ({ ignore_empty_blobs }) =>
      ignore_empty_blobs === true ? undefined : "does not ignore empty blobs",
    ),
  },
  {
    name: "events-are-those-of-a-container-of-the-stacks",
    otherwise: "the trigger silently watches a container that does not exist",
    check: ofEach("azurerm_data_factory_trigger_blob_event", ({ blob_path_begins_with }, stacks) => {
      const watched = String(blob_path_begins_with).split("/")[1];
      const containers = containersOf(stacks);
      return containers.includes(watched)
        ? undefined
        : `watches the container "${watched}"; there are: ${containers.join(", ")}`;
    }),
  },
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
