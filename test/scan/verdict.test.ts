import { load } from "../../environments/load";
import type { Finding, Report } from "../../scan/report";
import { judge } from "../../scan/verdict";

const dev = load("dev");
const prod = load("prod");

const finding: Finding = { check: "CKV_1", name: "is shut", stack: "dev-foundation", resource: "account" };
const entry = { check: "CKV_1", stack: "foundation", resource: "account", reason: "because" };
const clean: Report = { passed: [{ ...finding, check: "CKV_2" }], failed: [], unread: [] };

function problems(report: Partial<Report>, change: Partial<Parameters<typeof judge>[0]> = {}): readonly string[] {
  const props = { environments: [dev], stacks: ["foundation"], accepted: [], withoutChecks: {}, ...change };
  return judge({ ...props, report: { ...clean, ...report } }).problems;
}

test("stacks without a finding pass, and the number of passed checks is told", () => {
  const verdict = judge({
    report: clean,
    environments: [dev],
    stacks: ["foundation"],
    accepted: [],
    withoutChecks: {},
  });
  expect(verdict.problems).toEqual([]);
  expect(verdict.summary).toEqual([
    "dev-foundation: 1 passed, 0 with a reason or to fix",
    "1 checks passed, 0 findings with a reason, 0 without",
  ]);
});

test("a finding without a reason blocks, with its id, its place and what to do", () => {
  expect(problems({ failed: [finding] })).toEqual([
    "CKV_1 dev-foundation account: is shut; fix it, or give a reason in scan/accepted.ts",
  ]);
});

test("a finding with a reason passes", () => {
  expect(problems({ failed: [finding] }, { accepted: [entry] })).toEqual([]);
});

test("a reason holds for its own check, stack and resource only", () => {
  for (const change of [{ check: "CKV_3" }, { stack: "dev-other" }, { resource: "other" }])
    expect(problems({ failed: [finding, { ...finding, ...change }] }, { accepted: [entry] })).toHaveLength(1);
});

test("a reason that holds where access is public does not excuse a private environment", () => {
  const accepted = [{ ...entry, where: ({ network }: typeof dev) => network.access === "public" }];
  const environments = [dev, prod];
  const failed = [finding, { ...finding, stack: "prod-foundation" }];
  const passed = [...clean.passed, { ...finding, check: "CKV_2", stack: "prod-foundation" }];
  expect(problems({ failed, passed }, { accepted, environments })).toEqual([
    expect.stringMatching(/^CKV_1 prod-foundation account/),
  ]);
});

test("a reason whose finding is gone blocks, so that none outlives what it was for", () => {
  expect(problems({}, { accepted: [entry] })).toEqual([
    "CKV_1 dev-foundation account: accepted in scan/accepted.ts, but not found any more",
  ]);
});

test("a scan of nothing blocks", () => {
  expect(problems({ passed: [] })).toEqual([
    "checkov passed nothing: nothing was scanned",
    "dev-foundation: checkov looked at nothing in it",
  ]);
});

test("a stack that checkov did not look at blocks, unless it is known to have no check for it", () => {
  const stacks = ["foundation", "databricks"];
  expect(problems({}, { stacks })).toEqual(["dev-databricks: checkov looked at nothing in it"]);
  expect(problems({}, { stacks, withoutChecks: { databricks: "none" } })).toEqual([]);
});

test("a stack that was said to have no checks and has some now blocks", () => {
  expect(problems({}, { withoutChecks: { foundation: "none" } })).toEqual([
    expect.stringContaining("take foundation out of withoutChecks"),
  ]);
});

test("a file that checkov cannot read blocks", () => {
  expect(problems({ unread: ["cdk.tf.json"] })).toEqual(["cdk.tf.json: checkov cannot read it"]);
});
