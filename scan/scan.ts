import { App } from "cdktf";
import { Command } from "commander";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readJson } from "../command-line/json";
import { parse } from "../command-line/parse";
import { UserError } from "../command-line/user-error";
import { all } from "../environments/load";
import { rules } from "../rules/all";
import { stackJson } from "../rules/rule";
import { synthesize } from "../stacks/synthesize";
import { accepted, withoutChecks } from "./accepted";
import { checkov } from "./checkov";
import { judge } from "./verdict";

const DESCRIPTION = "Checks the stacks of all environments with the rules and with checkov.";

/** `npm run scan` in the repository that is in `root`. Throws `UserError` unless each rule holds and each finding has a written reason. */
export function scan(parameters: readonly string[], root: string): void {
  if (!parse(new Command("npm run scan").description(DESCRIPTION), parameters)) return;
  const environments = all();
  const outdir = mkdtempSync(join(tmpdir(), "scan-"));
  process.on("exit", () => rmSync(outdir, { recursive: true, force: true }));
  const app = new App({ outdir });
  synthesize(app, environments, join(root, "notebooks"));

  const broken = environments.flatMap(({ name }) => {
    const stacks = Object.entries(app.manifest.stacks).filter(([stack]) => stackOf(stack, name) !== undefined);
    const read = (path: string) => readJson(join(outdir, path), stackJson);
    const synthesized = Object.fromEntries(stacks.map(([stack, of]) => [stack, read(of.synthesizedStackPath)]));
    return rules.flatMap((rule) =>
      rule.check(synthesized).map((how) => `${rule.name}: ${how}; otherwise ${rule.otherwise}`),
    );
  });

  const first = environments[0]!.name;
  const { problems, summary } = judge({
    report: checkov(join(outdir, "stacks")),
    environments,
    stacks: Object.keys(app.manifest.stacks).flatMap((id) => stackOf(id, first) ?? []),
    accepted,
    withoutChecks,
  });
  for (const line of summary) console.log(line);
  console.log(`${rules.length} rules held against ${environments.length} environments, ${broken.length} times broken`);
  const found = [...broken, ...problems];
  if (found.length > 0) throw new UserError(["The scan has not passed:", ...found].join("\n  "));
}

/** The name of an environment's stack without the environment; nothing for a stack of another one. */
function stackOf(id: string, environment: string): string | undefined {
  return new RegExp(`^(?:${environment}-(.+)|(.+)-${environment})$`).exec(id)?.slice(1).find(Boolean);
}
