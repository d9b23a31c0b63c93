import { namesOf } from "../../components/naming";

const longest = namesOf({ project: "abcdef", name: "prod", suffix: "uvwxyz" });

test("the longest settings give names that Azure takes", () => {
  expect(longest.storageAccount).toMatch(/^[a-z0-9]{3,24}$/);
  expect(longest.dataFactory).toMatch(/^[A-Za-z0-9](?:-?[A-Za-z0-9]){2,62}$/);
  expect(longest.workspace).toMatch(/^[\w-]{3,64}$/);
  expect(longest.accessConnector).toMatch(/^[\w-]{3,64}$/);
  expect(longest.logAnalytics).toMatch(/^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/);
  expect(longest.actionGroupShort).toMatch(/^[\w-]{1,12}$/);
  expect(longest.factoryIdentity).toMatch(/^[A-Za-z0-9][\w-]{2,127}$/);
});

test("names that Unity Catalog takes without quotes", () => {
  for (const name of [longest.catalog, longest.schema, longest.volume, longest.storageCredential])
    expect(name).toMatch(/^[a-z_][a-z0-9_]*$/);
});

test("the managed resource group has a name of its own", () => {
  expect([longest.workspace, longest.resourceGroup]).not.toContain(longest.managedResourceGroup);
});

test("what the whole of Azure or a metastore shares ends with the suffix", () => {
  const other = namesOf({ project: "abcdef", name: "prod", suffix: "other" });
  for (const key of ["storageAccount", "dataFactory", "catalog", "storageCredential", "landingLocation"] as const)
    expect(other[key]).not.toBe(longest[key]);
});
