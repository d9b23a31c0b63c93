import { tmpdir } from "node:os";
import { Terraform } from "../../operations/terraform";

test("on this machine Terraform finds nothing of Azure's sign-ins, and the variables of the cloud", async () => {
  const before = { ...process.env };
  Object.assign(process.env, { ARM_USE_OIDC: "true", AZURE_CLIENT_ID: "mine", NO_PROXY: "azure.com", PLANT: "kept" });
  try {
    const variables = { ARM_TENANT_ID: "here", HTTPS_PROXY: "http://127.0.0.1:1" };
    const { output } = await new Terraform("sh", tmpdir(), variables).ask("-c", "env");
    for (const line of ["ARM_TENANT_ID=here", "HTTPS_PROXY=http://127.0.0.1:1", "PLANT=kept"])
      expect(output).toContain(line);
    for (const gone of ["ARM_USE_OIDC", "AZURE_CLIENT_ID", "NO_PROXY=azure.com"]) expect(output).not.toContain(gone);
  } finally {
    process.env = before;
  }
});

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
