import type { Change } from "../../../operations/deploy/plan-file";
import { report } from "../../../operations/deploy/report";

const change = (action: Change["action"], address: string, details: readonly string[] = []): Change => ({
  address,
  type: address.split(".")[0]!,
  action,
  details: [...details],
  deletes: [],
});

const wave = (...changes: readonly Change[]) => ({
  environment: "dev",
  subscription: "s",
  artifact: "abc",
  month: "2026-11",
  stacks: [{ name: "dev-foundation", changes: [...changes], plan: "", source: "", state: "" }],
  later: [],
});

test("it counts by stack, tells what is destroyed first, and folds what is merely made", () => {
  const markdown = report(
    wave(
      change("create", "azurerm_subnet.b"),
      change("update", "azurerm_data_factory_pipeline.scoring", ["~ activity `score`: policy.retry `1` → `2`"]),
      change("destroy", "azurerm_subnet.a"),
    ),
    [],
  );
  expect(markdown).toContain("| dev-foundation | 1 | 1 | – | 1 |");
  expect(markdown.indexOf("Destroyed: 1")).toBeLessThan(markdown.indexOf("Changed: 1"));
  expect(markdown).toContain("  - ~ activity `score`: policy.retry `1` → `2`");
  expect(markdown).toContain("<details><summary>Created: 1</summary>\n\n- dev-foundation `azurerm_subnet.b`");
  expect(markdown).not.toContain("Stopped");
});

test("a plan that would replace the workspace says that it is stopped, and why", () => {
  const replaced = change("replace", "azurerm_databricks_workspace.w", ["because of location"]);
  expect(report(wave(replaced), [])).toContain(
    "**Stopped: this would destroy or replace what holds data.**\n\n- dev-foundation azurerm_databricks_workspace.w (replace because of location)",
  );
  expect(report(wave(replaced), ["azurerm_databricks_workspace.w"])).not.toContain("Stopped");
});

test("a new release of the notebooks is one line, not one for each file", () => {
  const files = ["scoring", "training"].map((name) =>
    change("replace", `databricks_notebook.release_${name}`, ["because of path"]),
  );
  const markdown = report(wave(...files), []);
  expect(markdown).toContain("A new release of the notebooks: 2 files and folders");
  expect(markdown).not.toContain("release_scoring");
  expect(report(wave(change("replace", "databricks_notebook.other")), [])).toContain("Replaced: 1");
});

test("nothing to do is said in words, and so is what has to wait", () => {
  expect(report(wave(), [])).toContain("Nothing changes.");
  expect(report({ ...wave(), later: ["dev-databricks"] }, [])).toContain(
    "Planned after these are applied: dev-databricks",
  );
});
