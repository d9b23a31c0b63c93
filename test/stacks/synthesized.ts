import { App } from "cdktf";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnvironmentSettings } from "../../environments/settings/settings";
import * as stacks from "../../stacks/synthesize";
import { copyNotebooks, notebooks } from "../notebooks";

/** A resource's properties. */
export type Properties = Readonly<Record<string, unknown>>;

/** One stack as Terraform reads it. */
export interface StackJson {
  readonly terraform: { readonly backend: Properties; readonly required_providers: Properties };
  readonly provider: Readonly<Record<string, readonly Properties[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Properties>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Properties>>>>;
}

export interface PlatformJson {
  readonly bootstrap: StackJson;
  readonly foundation: StackJson;
  readonly databricks: StackJson;
  readonly dataFactory: StackJson;
  readonly observability: StackJson;
}

/** The stacks of one environment, synthesized as `main.ts` does it. */
export const synthesizeWhole = (settings: EnvironmentSettings): PlatformJson => synthesizeWith(notebooks, settings);

/** The same without the package that the notebooks import, in half the time. */
export function synthesize(settings: EnvironmentSettings): PlatformJson {
  const few = mkdtempSync(join(tmpdir(), "notebooks-"));
  copyNotebooks(few);
  try {
    return synthesizeWith(few, settings);
  } finally {
    rmSync(few, { recursive: true });
  }
}

function synthesizeWith(notebooks: string, settings: EnvironmentSettings): PlatformJson {
  const outdir = mkdtempSync(join(tmpdir(), "synthesized-"));
  try {
    stacks.synthesize(new App({ outdir }), [settings], notebooks);
    const read = (id: string) =>
      JSON.parse(readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")) as StackJson;
    const stack = (name: string) => read(`${settings.name}-${name}`);
    return {
      bootstrap: read(`bootstrap-${settings.name}`),
      foundation: stack("foundation"),
      databricks: stack("databricks"),
      dataFactory: stack("data-factory"),
      observability: stack("observability"),
    };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** All resources of a type. */
export function every(stack: StackJson, type: string): readonly Properties[] {
  return Object.values(stack.resource[type] ?? {});
}

/** The one resource of a type. */
export function the(stack: StackJson, type: string): Properties {
  const found = every(stack, type);
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
  return found[0]!;
}
