import { block, ofEach, resources, texts, type Properties, type Rule, type Stacks } from "./rule";

const hasNull = (value: unknown): boolean =>
  value === null || (value instanceof Object && Object.values(value).some(hasNull));

/** Names of the pipelines that a pipeline starts. */
export function executedBy(stacks: Stacks, pipeline: string): readonly string[] {
  return resources(stacks, "azurerm_data_factory_pipeline")
    .filter(({ properties }) => properties["name"] === pipeline)
    .flatMap(({ properties }) => [
      ...String(properties["activities_json"]).matchAll(/"referenceName":"([^"]+)","type":"PipelineReference"/g),
    ])
    .flatMap(([, name]) => name ?? []);
}

/** Addresses of the pipelines that a resource waits for. */
export const awaitedPipelines = ({ depends_on }: Properties): readonly string[] =>
  texts(depends_on).filter((address) => address.startsWith("azurerm_data_factory_pipeline."));

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

const everyRequest = (isSound: (request: Properties) => boolean, otherwise: string) =>
  ofEach("azurerm_data_factory_pipeline", ({ activities_json }) =>
    requestsOf(JSON.parse(String(activities_json))).every(isSound) ? undefined : otherwise,
  );

export const pipelines: readonly Rule[] = [
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
    check: ofEach("azurerm_data_factory_pipeline", (pipeline, stacks) =>
      awaitedPipelines(pipeline).length >= new Set(executedBy(stacks, String(pipeline["name"]))).size
        ? undefined
        : "does not depend on each pipeline that it starts",
    ),
  },
  {
    name: "requests-are-made-by-the-factorys-identity",
    otherwise: "a key or token would be in the pipeline, or the request is refused",
    check: everyRequest(isIdentified, "makes a request without the factory's user-assigned identity"),
  },
  {
    name: "tokens-go-to-whom-they-are-for",
    otherwise: "whoever answers a webhook could act in Azure as the factory",
    check: everyRequest(
      isForItsReceiver,
      "sends a token for Azure to another address, or one for another receiver to Azure",
    ),
  },
];
