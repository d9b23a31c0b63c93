import { z } from "zod";
import type { Place } from "../../data/file-selection";
import type { ActivitySettings, FileFormat } from "../../data/formats/format";
import type { Dataset } from "../../datasets/dataset";
import type { Datasets } from "../../datasets/datasets";
import { evaluateJson } from "../../expressions/template";
import { findName, json } from "../../json";
import type { BlobStore } from "../../storage/blob-store";
import type { Services, WorkContext } from "./activity";

const shape = z.looseObject({ referenceName: z.string(), parameters: z.record(z.string(), json).default({}) });

export const NO_STORE = "works on blobs, for which the factory has no store";

/** What a dataset stands for in one run. */
export interface OpenDataset {
  readonly store: BlobStore;
  readonly place: Place;
  readonly format: FileFormat;
}

/** The dataset that an activity refers to. */
export class DatasetReference {
  readonly dataset: Dataset | undefined;
  /** Why its files cannot be read and written here. */
  readonly problem: string | undefined;
  private readonly reference: z.infer<typeof shape> | undefined;

  constructor(written: unknown, datasets: Datasets) {
    this.reference = shape.safeParse(written).data;
    const found =
      this.reference === undefined
        ? "names no dataset, and runs here by a stub only"
        : datasets.find(this.reference.referenceName, Object.keys(this.reference.parameters));
    this.dataset = typeof found === "string" ? undefined : found;
    this.problem = typeof found === "string" ? found : undefined;
  }

  /** Why a factory with these services has no blobs for it. */
  withoutStore(services: Services): string | undefined {
    return this.storeOf(services) === undefined ? NO_STORE : undefined;
  }

  open({ scope, services }: Pick<WorkContext, "scope" | "services">, settings: ActivitySettings): OpenDataset {
    const store = this.storeOf(services);
    if (store === undefined || this.dataset === undefined) throw new Error(this.problem ?? this.withoutStore(services));
    const given = Object.entries(this.reference?.parameters ?? {});
    const parameters = Object.fromEntries(given.map(([name, value]) => [name, evaluateJson(value, scope)]));
    return { store, ...this.dataset.resolve(parameters, scope, settings) };
  }

  private storeOf(services: Services): BlobStore | undefined {
    return storeOf(services, this.dataset?.linkedService ?? "");
  }
}

/** The blobs of a linked service; `undefined` where a factory with these services has none for it. */
export function storeOf({ blobs, blobsOf = {} }: Services, linkedService: string): BlobStore | undefined {
  const named = findName(Object.keys(blobsOf), linkedService);
  return (named === undefined ? undefined : blobsOf[named]) ?? blobs;
}

/** The reasons for a stub as one text; `undefined` where there is none. */
export function together(problems: readonly (string | undefined)[]): string | undefined {
  const found = new Set(problems.filter((problem) => problem !== undefined));
  return found.size === 0 ? undefined : [...found].join(", ");
}

/** Reads `typeProperties`; what cannot be read is a reason for a stub, and counts as absent. */
export function readProperties<T>(
  shape: z.ZodType<T>,
  written: unknown = {},
): { readonly properties: T; readonly problem: string | undefined } {
  const { data, error } = shape.safeParse(written);
  if (data !== undefined) return { properties: data, problem: undefined };
  const issues = error?.issues.map(({ path, message }) => `${path.join(".") || "value"}: ${message}`) ?? [];
  return { properties: shape.parse({}), problem: `has typeProperties that cannot be read: ${issues.join(", ")}` };
}
