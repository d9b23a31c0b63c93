import type { EnvironmentLiteral } from "./settings/settings";

/** Production: protected from being destroyed, its lake copied across zones and to the paired region. */
export default {
  name: "prod",
  promotedAfter: "test",
  location: "westeurope",
  project: "pdm",
  suffix: "p01",
  tags: { owner: "operators@example.com", costCenter: "predictive-maintenance" },
  state: {
    resourceGroupName: "rg-pdm-prod-state",
    storageAccountName: "pdmprodstatep01",
    containerName: "tfstate",
  },
  network: {
    addressSpace: "10.30.0.0/20",
    publicSubnet: "10.30.0.0/24",
    privateSubnet: "10.30.1.0/24",
    endpointSubnet: "10.30.2.0/26",
    access: "private",
    deployer: "inside",
  },
  cluster: { nodeType: "Standard_E8ds_v5", minWorkers: 2, maxWorkers: 8 },
  storage: { replication: "GZRS" },
  training: { schedule: { frequency: "Week", weekDays: ["Sunday"], hour: 2 } },
  observability: {
    emails: ["operators@example.com"],
    noScoringHours: 8,
    logRetentionDays: 90,
    budget: { resourceGroup: 500, managedResourceGroup: 2000 },
  },
  scoring: { catchUpEveryHours: 3 },
} satisfies EnvironmentLiteral;
