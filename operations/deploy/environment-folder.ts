import { cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../../command-line/user-error";
import { stackIds } from "../../components/stack-ids";
import { readSynthesized } from "../../local/synthesized/synthesized";
import { unpack } from "../artifact/archive";
import { type Prediction, readPredictions } from "../verify/predictions";

/** Where an environment is planned and applied: the artifact, its stacks, their plans. They are secrets: nobody else on this machine reads them. */
export class EnvironmentFolder {
  constructor(
    readonly path: string,
    private readonly environment: string,
  ) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  /** The artifact's file. */
  get artifact(): string {
    return join(this.path, "artifact.tar");
  }

  /** Ids of the stacks in the order in which they are deployed. */
  get stacks(): readonly string[] {
    return stackIds(this.environment);
  }

  /** Names of the triggers that the artifact declares. */
  get triggers(): readonly string[] {
    const { definition } = readSynthesized(join(this.unpacked, "cdktf.out"), this.environment);
    const { blobEventsTriggers, scheduleTriggers, tumblingWindowTriggers } = definition;
    return [...blobEventsTriggers, ...scheduleTriggers, ...tumblingWindowTriggers].map(({ name }) => name);
  }

  /** The known plant of the artifact, telemetry last, and what is expected of it. */
  get verification(): { readonly plant: Readonly<Record<string, string>>; readonly expected: readonly Prediction[] } {
    const read = (file: string) => readFileSync(join(this.unpacked, "verification", file), "utf8");
    const tables = ["machines", "errors", "maint", "failures", "telemetry"];
    return {
      plant: Object.fromEntries(tables.map((table) => [table, read(`PdM_${table}.csv`)])),
      expected: readPredictions(read("expected.csv")),
    };
  }

  /** Unpacks the artifact and returns its SHA-256. Throws `UserError` where it is not sound, or not the one that is expected. */
  async open(expected?: string): Promise<string> {
    const sha256 = await unpack(this.artifact, this.unpacked);
    if (expected !== undefined && sha256 !== expected)
      throw new UserError(`the artifact has the sha256 ${sha256}, not ${expected}`);
    return sha256;
  }

  /** Puts the artifact's stacks in the place of what was planned before. */
  layOut(): void {
    rmSync(join(this.path, "stacks"), { recursive: true, force: true });
    for (const stack of this.stacks)
      cpSync(join(this.unpacked, "cdktf.out", "stacks", stack), join(this.path, "stacks", stack), { recursive: true });
  }

  private get unpacked(): string {
    return join(this.path, "artifact");
  }
}
