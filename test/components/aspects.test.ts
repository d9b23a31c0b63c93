import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { Aspects, TerraformStack, Testing, type IAspect } from "cdktf";
import { Protection } from "../../components/protection";
import { Tags } from "../../components/tags";

function synthesized(aspect: IAspect) {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AzurermProvider(stack, "azurerm", { features: [{}] });
  new ResourceGroup(stack, "group", { name: "rg", location: "westeurope" });
  new StorageContainer(stack, "container", { name: "data", lifecycle: { ignoreChanges: ["metadata"] } });
  new LogAnalyticsWorkspace(stack, "logs", {
    name: "logs",
    location: "westeurope",
    resourceGroupName: "rg",
    lifecycle: { ignoreChanges: ["sku"] },
  });
  new RoleAssignment(stack, "role", { scope: "/", principalId: "someone" });
  Aspects.of(stack).add(aspect);
  return JSON.parse(Testing.synth(stack)).resource;
}

test("tags are put on what has tags, and on nothing else", () => {
  const resources = synthesized(new Tags({ team: "plant" }, []));
  expect(resources.azurerm_resource_group.group.tags).toEqual({ team: "plant" });
  expect(resources.azurerm_role_assignment.role).not.toHaveProperty("tags");
});

test("tags that others put on are left, beside what a resource ignores already", () => {
  const resources = synthesized(new Tags({ team: "plant" }, ["created by"]));
  expect(resources.azurerm_resource_group.group.lifecycle).toEqual({ ignore_changes: ['tags["created by"]'] });
  expect(resources.azurerm_log_analytics_workspace.logs.lifecycle).toEqual({
    ignore_changes: ["sku", 'tags["created by"]'],
  });
  expect(resources.azurerm_role_assignment.role).not.toHaveProperty("lifecycle");
});

test("what holds data cannot be destroyed, and keeps the rest of its life cycle", () => {
  const resources = synthesized(new Protection());
  expect(resources.azurerm_storage_container.container.lifecycle).toEqual({
    ignore_changes: ["metadata"],
    prevent_destroy: true,
  });
  expect(resources.azurerm_resource_group.group).not.toHaveProperty("lifecycle");
});
