import { readFileSync } from "node:fs";
import { join } from "node:path";
import { all, load } from "../../environments/load";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import { rules } from "../../rules/all";
import type { Stacks } from "../../rules/rule";
import { synthesize, synthesizeWhole } from "../stacks/synthesized";
import { examples } from "./examples/all";

const dev = load("dev");
const producers = [
  { objectId: "11111111-2222-3333-4444-555555555555", type: "Group" },
  { objectId: "11111111-2222-3333-4444-666666666666", type: "User" },
  { objectId: "11111111-2222-3333-4444-777777777777", type: "ServicePrincipal" },
] as const;
const crowded: EnvironmentSettings = {
  ...dev,
  access: { dataScientists: "plant scientists", operators: "plant operators", producers },
  cluster: { ...dev.cluster, pool: { minIdleInstances: 1, idleMinutes: 15 } },
  scoring: { ...dev.scoring, newWork: { webhook: "https://crew.example/items", audience: "api://crew" } },
};
const closed: EnvironmentSettings = { ...dev, network: { ...dev.network, access: "private", deployer: "inside" } };
const closedStacks: Stacks = { ...synthesize(closed) };

describe.each<[string, Stacks]>([
  ...all().map((settings): [string, Stacks] => [settings.name, { ...synthesizeWhole(settings) }]),
  ["dev, private", closedStacks],
  ["dev, with groups, producers, a pool and a receiver of new work", { ...synthesize(crowded) }],
])("%s", (_, stacks) => {
  test.each(rules)("$name", ({ check }) => expect(check(stacks)).toEqual([]));
});

describe("broken", () => {
  const text = JSON.stringify(closedStacks);

  test.each(rules)("$name finds its example, and names it", ({ name, check }) => {
    const stacks = JSON.parse(text) as Stacks;
    const expected = examples[name];
    if (expected === undefined) throw new Error(`${name} has no failing example in test/rules/examples`);
    expected.spoil(stacks as never);
    expect(check(stacks)).toContainEqual(expect.stringContaining(expected.found));
  });
});

test("each rule has a name of its own, in words joined by dashes", () => {
  const names = rules.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)+$/);
});

test("examples are of rules that exist", () => {
  const names = rules.map(({ name }) => name);
  expect(Object.keys(examples).filter((name) => !names.includes(name))).toEqual([]);
});

test("docs/rules.md tells each rule, what it prevents and the thread, and no other", () => {
  const page = readFileSync(join(__dirname, "..", "..", "docs", "rules.md"), "utf8").replaceAll("\n  ", " ");
  const items = [...page.matchAll(/^- (`[a-z-]+`: .*)$/gm)].map(([, item]) => item);
  const told = rules.map(({ name, otherwise, thread }) => `\`${name}\`: ${otherwise}${thread ? ` (${thread})` : ""}`);
  expect(items).toEqual(told);
});
