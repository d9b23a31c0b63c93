/**
 * Resource providers of everything that an environment deploys; blob events need Event Grid, clusters Compute. In Azure's own letters:
 * the provider passes over a name that is spelled otherwise.
 */
export const RESOURCE_PROVIDERS = [
  "Microsoft.Compute",
  "Microsoft.Consumption",
  "Microsoft.Databricks",
  "Microsoft.DataFactory",
  "Microsoft.EventGrid",
  "Microsoft.ManagedIdentity",
  "Microsoft.Network",
  "Microsoft.OperationalInsights",
  "Microsoft.Storage",
  "microsoft.insights",
];
