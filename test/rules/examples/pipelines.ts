import { change, type Examples, without } from "../spoil";

const pipeline = "azurerm_data_factory_pipeline";

export const pipelines: Examples = {
  "activities-state-no-null": {
    spoil: change(pipeline, { activities_json: '[{"name":"a","policy":{"timeout":null}}]' }),
    found: "states null",
  },
  "activities-hold-no-terraform-reference": {
    spoil: change(pipeline, { activities_json: '[{"name":"${var.name}"}]' }),
    found: "Terraform reference",
  },
  "pipeline-parameters-are-texts": {
    spoil: change(pipeline, { parameters: { horizon: 24 } }),
    found: "no texts: horizon",
  },
  "pipelines-wait-for-their-linked-service": { spoil: without(pipeline, "depends_on"), found: "does not depend" },
  "pipelines-wait-for-those-that-they-start": {
    spoil: without(pipeline, "depends_on"),
    found: "each pipeline that it starts",
  },
  "requests-are-made-by-the-factorys-identity": {
    spoil: change(pipeline, { activities_json: '[{"type":"WebActivity","typeProperties":{"url":"https://x"}}]' }),
    found: "without the factory's user-assigned identity",
  },
  "tokens-go-to-whom-they-are-for": {
    spoil: change(pipeline, {
      activities_json: JSON.stringify([
        {
          type: "WebActivity",
          typeProperties: {
            url: "https://crew.example/items",
            authentication: {
              type: "UserAssignedManagedIdentity",
              resource: "https://management.azure.com/",
              credential: {},
            },
          },
        },
      ]),
    }),
    found: "sends a token for Azure to another address",
  },
};
