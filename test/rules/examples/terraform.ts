import { add, change, type Examples } from "../spoil";

export const terraform: Examples = {
  "state-is-opened-by-identities": {
    spoil: ({ foundation }) => Object.assign(foundation.terraform.backend.azurerm, { access_key: "k" }),
    found: "with a key",
  },
  "no-secret-is-passed-on": {
    spoil: add("databricks", "databricks_notebook", {
      content_base64: "${azurerm_storage_account.a.primary_access_key}",
    }),
    found: "databricks_notebook.added",
  },
  "providers-are-pinned": {
    spoil: ({ foundation }) => Object.assign(foundation.terraform.required_providers["azurerm"]!, { version: "~> 4" }),
    found: "any version of azurerm",
  },
  "dependencies-stay-in-their-stack": {
    spoil: change("databricks_cluster", { depends_on: ["azurerm_databricks_workspace.databricks_workspace"] }),
    found: "not in its stack",
  },
  "no-path-of-a-machine": { spoil: change("databricks_notebook", { source: "/home/me/a.py" }), found: "this machine" },
};
