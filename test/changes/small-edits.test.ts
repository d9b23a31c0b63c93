import { rules } from "../../rules/all";
import { ProgramCopy } from "../program-copy";

// Edits of one place: whatever else says the same thing follows, or says that it does not.

const copy = new ProgramCopy();
afterAll(() => copy.remove());

const STACKS = ["bootstrap-dev", "dev-foundation", "dev-databricks", "dev-data-factory", "dev-observability"];

test("a container with another name is landed in, read, watched and tiered", async () => {
  copy.edit("environments/naming.ts", 'landingContainer = "landing"', 'landingContainer = "raw"');
  expect(await copy.synthHere("raw")).toMatchObject({ status: 0, stderr: "" });
  const stacks = Object.fromEntries(STACKS.map((name) => [name, copy.stack("raw", name)]));
  const { azurerm_storage_container, azurerm_storage_management_policy } = stacks["dev-foundation"].resource;
  expect(named(azurerm_storage_container)).toEqual(["lake", "raw", "verification"]);
  expect(JSON.stringify(azurerm_storage_management_policy)).toContain('"raw/incoming/"');
  const { azurerm_data_factory, azurerm_data_factory_trigger_blob_event } = stacks["dev-data-factory"].resource;
  expect(JSON.stringify(azurerm_data_factory)).toMatch(
    /"landing_root","type":"String","value":"abfss:\/\/raw@\w+\.dfs/,
  );
  expect(JSON.stringify(azurerm_data_factory_trigger_blob_event)).toContain('"/raw/blobs/incoming/"');
  expect(rules.flatMap(({ check }) => check(stacks))).toEqual([]);
});

function named(resources: Readonly<Record<string, { readonly name: string }>>): readonly string[] {
  return Object.values(resources)
    .map(({ name }) => name)
    .sort();
}
