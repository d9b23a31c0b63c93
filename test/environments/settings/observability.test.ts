import { problems, refuses } from "../refusals";

refuses([
  [
    "alerts that write to nobody",
    { observability: { emails: [] } },
    "dev.observability.emails is []; allowed: at least one e-mail address where observability.alerts is true",
  ],
  [
    "alerts that name nobody",
    { observability: { emails: undefined } },
    "dev.observability.emails is missing; allowed: at least one e-mail address where observability.alerts is true",
  ],
  [
    "an address that is none",
    { observability: { emails: ["operator"] } },
    'dev.observability.emails.0 is "operator"; allowed: an e-mail address',
  ],
  [
    "an address twice",
    { observability: { emails: ["a@b.example", "a@b.example"] } },
    "allowed: a list of e-mail addresses, each once",
  ],
  [
    "an alert sooner than the next run",
    { observability: { noScoringHours: 6 } },
    "dev.observability.noScoringHours is 6; allowed: more than scoring.catchUpEveryHours, which is 6",
  ],
  [
    "an alert that looks back too far",
    { observability: { noScoringHours: 48 } },
    "dev.observability.noScoringHours is 48; allowed: a whole number of hours from 2 to 47",
  ],
  [
    "a share in per cent",
    { observability: { quarantineShare: 5 } },
    "dev.observability.quarantineShare is 5; allowed: a share from 0 to below 1",
  ],
  [
    "predictions sooner than a cluster starts",
    { observability: { freshnessMinutes: 5 } },
    "dev.observability.freshnessMinutes is 5; allowed: a whole number of minutes from 15 to 2880",
  ],
  [
    "logs of a week",
    { observability: { logRetentionDays: 7 } },
    "dev.observability.logRetentionDays is 7; allowed: a whole number of days from 30 to 730",
  ],
  [
    "a budget of zero",
    { observability: { budget: { resourceGroup: 0, managedResourceGroup: 200 } } },
    "dev.observability.budget.resourceGroup is 0; allowed: an amount above 0 for a month, in the currency of the subscription",
  ],
  [
    "no budget of the machines",
    { observability: { budget: { resourceGroup: 100 } } },
    "dev.observability.budget.managedResourceGroup is missing; allowed: an amount above 0",
  ],
  [
    "raw files that cool at once",
    { storage: { coolAfterDays: 1 } },
    "dev.storage.coolAfterDays is 1; allowed: a whole number of days from 30 to 3650",
  ],
  [
    "an archive of files that are still looked for",
    { storage: { archiveAfterDays: 100 }, data: { lookBackDays: 200 } },
    "dev.storage.archiveAfterDays is 100; allowed: more than storage.coolAfterDays and data.lookBackDays, which are 90 and 200",
  ],
  [
    "an archive in a redundancy that has none",
    { storage: { archiveAfterDays: 400, replication: "GZRS" } },
    "dev.storage.archiveAfterDays is 400; allowed: none with GZRS: Azure archives in LRS, GRS and RAGRS only",
  ],
  [
    "copies in zones that the region does not have",
    { location: "westus", storage: { replication: "ZRS" } },
    'dev.storage.replication is "ZRS"; allowed: LRS, GRS or RAGRS in westus, where storage has no copies in other zones',
  ],
  [
    "copies in zones and a paired region where there are no zones",
    { location: "ukwest", storage: { replication: "GZRS" } },
    'dev.storage.replication is "GZRS"; allowed: LRS, GRS or RAGRS in ukwest',
  ],
]);

test("without alerts nobody need be named", () => {
  expect(problems({ observability: { alerts: false, emails: [] } })).toEqual([]);
});
