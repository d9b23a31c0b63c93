import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { UserError } from "../../command-line/user-error";

const change = z.object({
  address: z.string(),
  type: z.string(),
  action: z.enum(["create", "update", "replace", "destroy"]),
  detail: z.string().optional(),
});

const wave = z.object({
  environment: z.string(),
  /** The stacks that are planned, in the order in which they are applied. */
  stacks: z.array(
    z.object({
      name: z.string(),
      changes: z.array(change),
      /** SHA-256 of the plan file and of the stack that it is of. */
      plan: z.string(),
      source: z.string(),
    }),
  ),
  /** The stacks that can be planned only when these are applied. */
  later: z.array(z.string()),
});

/** What one approval is about: plans of stacks that do not wait for each other. */
export type Wave = z.infer<typeof wave>;

const FILE = "wave.json";

export const PLAN = "tfplan";

export const digest = (file: string): string => createHash("sha256").update(readFileSync(file)).digest("hex");

/** Takes back what could be approved. */
export function forgetWave(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

export function saveWave(folder: string, saved: Wave): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(saved, null, 2)}\n`, { mode: 0o600 });
}

/** The wave that was planned in a folder. Throws `UserError` where there is none, or one of another environment, or files have changed since. */
export function readWave(folder: string, environment: string): Wave {
  const file = join(folder, FILE);
  if (!existsSync(file))
    throw new UserError(`there is no plan of ${environment}: npm run deploy -- plan --environment ${environment}`);
  const saved = wave.parse(JSON.parse(readFileSync(file, "utf8")));
  if (saved.environment !== environment)
    throw new UserError(`the plan in ${folder} is of ${saved.environment}, not of ${environment}`);
  const foreign = saved.stacks.filter(({ name, plan, source }) => {
    const of = (path: string) => join(folder, "stacks", name, path);
    return (
      [PLAN, "cdk.tf.json"].some((path) => !existsSync(of(path))) ||
      digest(of(PLAN)) !== plan ||
      digest(of("cdk.tf.json")) !== source
    );
  });
  if (foreign.length > 0)
    throw new UserError(`not what was planned: ${foreign.map(({ name }) => name).join(", ")}; plan again`);
  return saved;
}
