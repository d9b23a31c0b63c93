#!/usr/bin/env node
// Does with states what Terraform does, to test who calls it when: `remote.json` is the state in the account, `refusals` counts how often
// the account does not take it yet, `drift` makes a plan find something, `forbidden` is an account that who is signed in may not read.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";

const [command, ...options] = process.argv.slice(2);
const inAccount = existsSync("backend_override.tf.json");
const state = () => JSON.stringify({ resources: [{ type: "azurerm_storage_account" }] });
appendFileSync(
  "calls",
  `${command}${options.includes("-migrate-state") ? " move" : ""} ${inAccount ? "account" : "folder"}\n`,
);

if (command === "init" && inAccount && existsSync("forbidden")) {
  console.error("Error: Failed to get existing workspaces: unexpected status 403 with AuthorizationPermissionMismatch");
  process.exit(1);
}
if (command === "apply") {
  if (existsSync("broken")) process.exit(1);
  writeFileSync(inAccount ? "remote.json" : "terraform.tfstate", state());
}
if (command === "init" && options.includes("-migrate-state")) {
  const refusals = existsSync("refusals") ? Number(readFileSync("refusals", "utf8")) : 0;
  if (refusals > 0) {
    writeFileSync("refusals", String(refusals - 1));
    console.error("Error: AuthorizationPermissionMismatch");
    process.exit(1);
  }
  writeFileSync("remote.json", readFileSync("terraform.tfstate", "utf8"));
  writeFileSync("terraform.tfstate", "");
}
if (command === "plan") process.exit(existsSync("drift") ? 2 : 0);
if (command === "state" && existsSync("remote.json")) console.log("azurerm_storage_account.state_account");
