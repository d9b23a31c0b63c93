import type { ActivityRun } from "../../../../runs/records";
import type { Azurite } from "../../../azurite";
import { blobFactory, copy, dataset, type DatasetProps, only } from "../../../blob-factory";

export const csv = { firstRowAsHeader: true };
export const json = { type: "Json" };
export const parquet = { type: "Parquet" };
export const store = { type: "AzureBlobStorageReadSettings", recursive: true };
export const source = { type: "DelimitedTextSource", storeSettings: store };
export const sink = { type: "DelimitedTextSink" };
export const jsonSink = { type: "JsonSink" };

/** Copies from one dataset to the other, CSV unless `more` says otherwise. */
export type Copying = (
  from: DatasetProps,
  to: DatasetProps,
  more?: { readonly source?: object; readonly sink?: object; readonly [setting: string]: unknown },
) => Promise<ActivityRun>;

export function copying(azurite: () => Azurite): Copying {
  return async (from, to, { source: read = source, sink: written = sink, ...settings } = {}) => {
    const datasets = [dataset("from", from), dataset("to", to)];
    return only(await blobFactory([copy(read, written, settings)], { datasets, blobs: azurite().store }).run("p"));
  };
}

/** The objects of a file that has one on each line. */
export async function linesOf(azurite: Azurite, path: string): Promise<readonly unknown[]> {
  return (await azurite.text(path)).split("\r\n").map((line): unknown => JSON.parse(line));
}
