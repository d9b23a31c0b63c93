import type { EnvironmentLiteral } from "./settings/settings";

/** For trying things out: small, stops early, may be destroyed. */
export default {
  name: "dev",
  location: "westeurope",
  project: "pdm",
  suffix: "d01",
  tags: { owner: "operators@example.com", costCenter: "predictive-maintenance" },
  state: {
    resourceGroupName: "rg-pdm-dev-state",
    storageAccountName: "pdmdevstated01",
    containerName: "tfstate",
  },
  network: {
    addressSpace: "10.10.0.0/20",
    publicSubnet: "10.10.0.0/24",
    privateSubnet: "10.10.1.0/24",
    endpointSubnet: "10.10.2.0/26",
    access: "public",
  },
  cluster: { nodeType: "Standard_D4ds_v5", minWorkers: 1, maxWorkers: 2 },
  training: { schedule: { frequency: "Week", weekDays: ["Sunday"], hour: 2 } },
  observability: {
    emails: ["operators@example.com"],
    budget: { resourceGroup: 150, managedResourceGroup: 150 },
  },
  protect: false,
} satisfies EnvironmentLiteral;
