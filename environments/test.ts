import type { EnvironmentLiteral } from "./settings/settings";

/** A release is tried here before production: production's shape, cheaper, may be destroyed. */
export default {
  name: "test",
  promotedAfter: "dev",
  location: "westeurope",
  project: "pdm",
  suffix: "t01",
  tags: { owner: "operators@example.com", costCenter: "predictive-maintenance" },
  state: {
    resourceGroupName: "rg-pdm-test-state",
    storageAccountName: "pdmteststatet01",
    containerName: "tfstate",
  },
  network: {
    addressSpace: "10.20.0.0/20",
    publicSubnet: "10.20.0.0/24",
    privateSubnet: "10.20.1.0/24",
    endpointSubnet: "10.20.2.0/26",
    access: "public",
  },
  cluster: { nodeType: "Standard_D4ds_v5", minWorkers: 1, maxWorkers: 4 },
  training: { schedule: { frequency: "Week", weekDays: ["Sunday"], hour: 2 } },
  observability: {
    emails: ["operators@example.com"],
    budget: { resourceGroup: 150, managedResourceGroup: 300 },
  },
  protect: false,
} satisfies EnvironmentLiteral;
