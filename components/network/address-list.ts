import { IpAccessList } from "@cdktf/provider-databricks/lib/ip-access-list";
import { WorkspaceConf } from "@cdktf/provider-databricks/lib/workspace-conf";
import type { Construct } from "constructs";

/**
 * Makes a workspace refuse everybody who comes over the internet from another address; private endpoints are not concerned. Databricks
 * refuses a list without the address of who makes it.
 */
export function restrictAddresses(scope: Construct, addresses: readonly string[]): void {
  const enabled = new WorkspaceConf(scope, "address-lists", { customConfig: { enableIpAccessLists: "true" } });
  new IpAccessList(scope, "deployer-addresses", {
    label: "deployer",
    listType: "ALLOW",
    ipAddresses: [...addresses],
    dependsOn: [enabled],
  });
}
