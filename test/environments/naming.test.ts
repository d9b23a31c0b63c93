import { namesOf } from "../../environments/naming";

const longest = namesOf({ project: "a".repeat(20), name: "b".repeat(8), suffix: "c".repeat(6) });
const shortest = namesOf({ project: "ab", name: "qa", suffix: "001" });

test.each<[keyof typeof longest, RegExp]>([
  ["storageAccount", /^[a-z0-9]{3,24}$/],
  ["resourceGroup", /^[\w().-]{0,89}[\w()-]$/],
  ["managedResourceGroup", /^[\w().-]{0,89}[\w()-]$/],
  ["virtualNetwork", /^[A-Za-z0-9][\w.-]{0,62}\w$/],
  ["privateSubnet", /^[A-Za-z0-9][\w.-]{0,78}\w$/],
  ["endpointSecurityGroup", /^[A-Za-z0-9][\w.-]{0,78}\w$/],
  ["natGateway", /^[A-Za-z0-9][\w.-]{0,78}\w$/],
  ["natPublicIp", /^[A-Za-z0-9][\w.-]{0,78}\w$/],
  // Ends with owner and subresource, of at most 33 characters together.
  ["privateEndpoints", /^[A-Za-z0-9][\w.-]{0,46}$/],
  ["dataFactory", /^[A-Za-z0-9](?:-?[A-Za-z0-9]){2,62}$/],
  ["workspace", /^[\w-]{3,64}$/],
  ["accessConnector", /^[\w-]{3,64}$/],
  ["factoryIdentity", /^[A-Za-z0-9][\w-]{2,127}$/],
  ["logAnalytics", /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/],
  ["actionGroupShort", /^[\w-]{1,12}$/],
])("Azure takes the name of %s from the longest and the shortest settings", (kind, rule) => {
  expect(longest[kind]).toMatch(rule);
  expect(shortest[kind]).toMatch(rule);
});

test("a name that is cut keeps the suffix", () => {
  expect(longest.storageAccount).toBe(`st${"a".repeat(16)}cccccc`);
});

test("names that Unity Catalog takes without quotes", () => {
  for (const name of [longest.catalog, longest.schema, longest.volume, longest.storageCredential])
    expect(name).toMatch(/^[a-z_][a-z0-9_]*$/);
});

test("the managed resource group has a name of its own", () => {
  expect([longest.workspace, longest.resourceGroup]).not.toContain(longest.managedResourceGroup);
});

test("whatever can exist once in a subscription, in Azure or in a metastore differs by the suffix", () => {
  const other = namesOf({ project: "a".repeat(20), name: "b".repeat(8), suffix: "other" });
  for (const kind of [
    "resourceGroup",
    "storageAccount",
    "dataFactory",
    "catalog",
    "storageCredential",
    "landingLocation",
  ] as const)
    expect(other[kind]).not.toBe(longest[kind]);
});
