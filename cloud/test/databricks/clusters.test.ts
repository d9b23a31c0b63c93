import { FACTORY, refusal, TestWorkspace } from "./workspace";

let workspace: TestWorkspace;
let policyId: unknown;
beforeEach(async () => {
  workspace = await TestWorkspace.start();
  await workspace.addPrincipal(FACTORY);
  policyId = await makePolicy("plant", {
    cluster_type: { type: "fixed", value: "all-purpose" },
    num_workers: { type: "forbidden" },
    "autoscale.max_workers": { type: "range", minValue: 1, maxValue: 4 },
    node_type_id: { type: "allowlist", values: ["Standard_D4ds_v5", "Standard_E8ds_v5"] },
    driver_node_type_id: { type: "blocklist", values: ["Standard_L4s"], isOptional: true },
    spark_version: { type: "regex", pattern: "17\\..*" },
    "azure_attributes.spot_bid_max_price": { type: "fixed", value: -1 },
    "spark_conf.spark.sql.session.timeZone": { type: "fixed", value: "UTC" },
  });
});
afterEach(() => workspace.stop());

async function makePolicy(name: string, rules: object) {
  const policy = { name, definition: JSON.stringify(rules), max_clusters_per_user: 1 };
  return (await workspace.done("POST", "/policies/clusters/create", policy)).policy_id;
}

const spec = (over: object = {}) => ({
  cluster_name: "pipelines",
  spark_version: "17.3.x-cpu-ml-scala2.13",
  node_type_id: "Standard_D4ds_v5",
  autoscale: { min_workers: 1, max_workers: 2 },
  azure_attributes: { spot_bid_max_price: -1 },
  spark_conf: { "spark.sql.session.timeZone": "UTC" },
  data_security_mode: "SINGLE_USER",
  single_user_name: FACTORY,
  policy_id: policyId,
  ...over,
});
const create = (over?: object) => workspace.ask("POST", "/clusters/create", spec(over));
const made = async () => String((await create()).answer.cluster_id);
const get = (id: string) => workspace.ask("GET", `/clusters/get?cluster_id=${id}`);

test("a cluster that is as its policy has it runs, with what the service fills in", async () => {
  const id = await made();
  expect((await get(id)).answer).toMatchObject({
    ...spec(),
    ...{ cluster_id: id, state: "RUNNING", driver_node_type_id: "Standard_D4ds_v5", cluster_source: "API" },
  });
  expect((await get(id)).answer).toMatchObject({ cluster_name: "pipelines" });
  expect((await get("other")).answer).toMatchObject({ message: "Cluster other does not exist" });
});

test.each<[string, object, string]>([
  [
    "a version that the policy's pattern has not",
    { spark_version: "16.4.x-scala2.12" },
    "spark_version, the value must match",
  ],
  ["a node that is not allowed", { node_type_id: "Standard_L4s" }, "node_type_id, the value must be one of"],
  [
    "a driver that is excluded",
    { driver_node_type_id: "Standard_L4s" },
    "driver_node_type_id, the value must be none of",
  ],
  [
    "too many workers",
    { autoscale: { min_workers: 1, max_workers: 5 } },
    "autoscale.max_workers, the value must be from 1 to 4",
  ],
  ["what is forbidden", { num_workers: 2 }, 'num_workers, the value must not be present (is "2")'],
  [
    "another value than the fixed one",
    { azure_attributes: { spot_bid_max_price: 1 } },
    'the value must be -1 (is "1")',
  ],
  ["a missing value", { spark_conf: {} }, "spark_conf, spark.sql.session.timeZone must be present"],
  ["no size", { autoscale: undefined, policy_id: undefined }, "neither num_workers nor autoscale"],
  ["fewer than the least", { autoscale: { min_workers: 3, max_workers: 2 } }, "autoscale.min_workers"],
  ["a version that is none", { spark_version: "latest", policy_id: undefined }, "Spark version latest"],
  ["a user whom nobody knows", { single_user_name: "nobody" }, "nobody is nobody of this workspace"],
  ["a policy that is not there", { policy_id: "none" }, "Cluster policy none does not exist"],
  ["a stop after five minutes", { autotermination_minutes: 5 }, "must be 0, or from 10 to 10000"],
])("a cluster with %s is refused", async (_, over, message) => {
  expect(await create(over)).toEqual(refusal(400, "INVALID_PARAMETER_VALUE", message));
});

test("all that is wrong with a cluster is said at once", async () => {
  const { answer } = await create({ spark_version: "16.4.x-scala2.12", spark_conf: {} });
  expect(String(answer.message).split("; ")).toHaveLength(2);
});

test("a policy lets each user have so many running clusters, and no more", async () => {
  const id = await made();
  expect(await create()).toEqual(refusal(400, "INVALID_PARAMETER_VALUE", "have 1 clusters"));
  await workspace.done("POST", "/clusters/delete", { cluster_id: id });
  expect((await create()).status).toBe(200);
});

test("a policy that is no policy is found out where it is used", async () => {
  const body = { name: "odd", definition: '["a"]' };
  const { policy_id } = await workspace.done("POST", "/policies/clusters/create", body);
  expect(await create({ policy_id })).toEqual(refusal(400, "INVALID_PARAMETER_VALUE", "malformed policy definition"));
});

test("a cluster is resized and edited within its policy, started and terminated", async () => {
  const cluster_id = await made();
  const post = (verb: string, body: object = {}) => workspace.ask("POST", `/clusters/${verb}`, { cluster_id, ...body });
  await post("resize", { autoscale: { min_workers: 2, max_workers: 4 } });
  expect((await get(cluster_id)).answer).toMatchObject({ autoscale: { max_workers: 4 } });
  expect(await post("resize", { autoscale: { min_workers: 1, max_workers: 9 } })).toMatchObject({ status: 400 });
  await post("edit", spec({ cluster_name: "other" }));
  expect((await get(cluster_id)).answer).toMatchObject({ cluster_name: "other", autoscale: { max_workers: 2 } });
  expect(await post("start")).toEqual(refusal(400, "INVALID_STATE", "unexpected state RUNNING"));
  await post("delete");
  expect((await get(cluster_id)).answer.state).toBe("TERMINATED");
  await post("start");
  expect((await get(cluster_id)).answer.state).toBe("RUNNING");
});

test("a pinned cluster is listed as one, and deleted for good only once it is unpinned", async () => {
  const cluster_id = await made();
  const post = (verb: string) => workspace.ask("POST", `/clusters/${verb}`, { cluster_id });
  const pinned = async () => (await workspace.done("GET", "/clusters/list?filter_by.is_pinned=true")).clusters;
  expect(await pinned()).toEqual([]);
  await post("pin");
  expect(await pinned()).toMatchObject([{ cluster_id }]);
  expect(await post("permanent-delete")).toEqual(refusal(400, "INVALID_PARAMETER_VALUE", "unpin the cluster first"));
  await post("unpin");
  await post("permanent-delete");
  expect(await get(cluster_id)).toEqual(
    refusal(400, "INVALID_PARAMETER_VALUE", `Cluster ${cluster_id} does not exist`),
  );
});

test("a policy's name is there once; it is edited and deleted", async () => {
  expect(await workspace.ask("POST", "/policies/clusters/create", { name: "plant" })).toMatchObject({ status: 400 });
  await workspace.done("POST", "/policies/clusters/edit", { policy_id: policyId, name: "other", definition: "{}" });
  const at = `/policies/clusters/get?policy_id=${policyId}`;
  expect(await workspace.done("GET", at)).toMatchObject({ name: "other", definition: "{}" });
  await workspace.done("POST", "/policies/clusters/delete", { policy_id: policyId });
  expect(await workspace.ask("GET", at)).toEqual(
    refusal(404, "RESOURCE_DOES_NOT_EXIST", `Policy ${policyId} does not exist.`),
  );
});
