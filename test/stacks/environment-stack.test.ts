import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App } from "cdktf";
import { Construct } from "constructs";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { useAzure } from "../../components/providers";
import type { StackName } from "../../components/stack-ids";
import { load } from "../../environments/load";
import { EnvironmentStack } from "../../stacks/environment-stack";
import { validate } from "../../stacks/validate";

class Example extends EnvironmentStack {}

const outdir = mkdtempSync(join(tmpdir(), "stack-"));
afterAll(() => rmSync(outdir, { recursive: true }));

function example(name: StackName, app = new App({ outdir })) {
  const stack = new Example(app, name, load("dev"));
  return { app, stack };
}

const group = (scope: Construct, id: string) => new ResourceGroup(scope, id, { name: id, location: "westeurope" });

test("an address is the path of ids in the words of Terraform", () => {
  const { stack } = example("foundation");
  const resource = group(new Construct(stack, "data-lake"), "resource group");
  expect(resource.friendlyUniqueId).toBe("data_lake_resource_group");
});

test("the problems of all stacks are told at once: two resources with one address, a missing provider", () => {
  const { app, stack } = example("foundation");
  useAzure(stack, { keep: false });
  group(stack, "a_b");
  group(new Construct(stack, "a"), "b");
  group(example("databricks", app).stack, "c");
  expect(() => validate(app)).toThrow(
    /The platform is not valid:\n {2}dev-foundation: several resources have the address azurerm_resource_group.a_b\n {2}dev-databricks: .*provider/,
  );
});
