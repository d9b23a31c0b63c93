import path from "node:path";
import { runChild } from "../command/child";

/** Synthesizes the stacks of all environments into `cdktf.out` of the repository and returns that folder. */
export async function synthesize(root: string, signal: AbortSignal): Promise<string> {
  await runChild("synth", process.execPath, [require.resolve("tsx/cli"), "main.ts"], {
    cwd: root,
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
    signal,
  });
  return path.join(root, "cdktf.out");
}
