import { tmpdir } from "node:os";
import { Terraform } from "../../operations/terraform";

test("Terraform enters Databricks by Azure's sign-in alone, whatever else the shell has for it", async () => {
  const before = { ...process.env };
  Object.assign(process.env, { DATABRICKS_TOKEN: "dapi1", DATABRICKS_AUTH_TYPE: "azure-cli", ARM_TENANT_ID: "t" });
  try {
    const { output } = await new Terraform("sh", tmpdir()).ask("-c", "env");
    expect(output).toContain("ARM_TENANT_ID=t");
    expect(output).toContain("DATABRICKS_AUTH_TYPE=azure-cli");
    expect(output).not.toContain("DATABRICKS_TOKEN");
  } finally {
    process.env = before;
  }
});
