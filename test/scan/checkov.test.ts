import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHECKOV, checkov } from "../../scan/checkov";
import { readReport } from "../../scan/report";

test("the summary that checkov prints when it scanned nothing is an empty report", () => {
  expect(readReport('{"passed": 0, "failed": 0, "parsing_errors": 0, "resource_count": 0}')).toEqual({
    passed: [],
    failed: [],
    unread: [],
  });
});

test("anything else that is no report is refused, never taken for a clean one", () => {
  expect(() => readReport("")).toThrow();
  expect(() => readReport('{"results": {"passed_checks": []}}')).toThrow();
});

const installed = existsSync(CHECKOV);
if (!installed) console.warn("SKIPPED: checkov is not installed, which `npm run scan` does");

(installed ? test : test.skip)("checkov finds a storage account that anybody reads", () => {
  const folder = mkdtempSync(join(tmpdir(), "checkov-"));
  try {
    mkdirSync(join(folder, "dev-foundation"));
    const account = { name: "open", allow_nested_items_to_be_public: true, min_tls_version: "TLS1_0" };
    writeFileSync(
      join(folder, "dev-foundation", "cdk.tf.json"),
      JSON.stringify({ resource: { azurerm_storage_account: { lake: account } } }, null, 2),
    );
    expect(checkov(folder).failed).toContainEqual(
      expect.objectContaining({ check: "CKV_AZURE_44", stack: "dev-foundation", resource: "lake" }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
