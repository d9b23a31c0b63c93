import { randomUUID } from "node:crypto";
import { DataError } from "./data-error";
import { type Place, type SelectedFile, withSlash } from "./file-selection";
import type { FileFormat } from "./formats/format";
import type { CopyBehavior } from "./sides";

/** Files that become one. */
export interface Destination {
  /** With its folders. */
  readonly name: string;
  readonly files: readonly SelectedFile[];
}

export interface DestinationProps {
  readonly files: readonly SelectedFile[];
  readonly place: Place;
  readonly source: FileFormat;
  readonly sink: FileFormat;
  readonly copyBehavior: CopyBehavior | undefined;
}

/** Where each file goes. Names that are made up are new each time. */
export function destinations(props: DestinationProps): readonly Destination[] {
  const { files, place, sink, copyBehavior } = props;
  const folder = withSlash(place.folder);
  if (files.length === 0) return [];
  if (copyBehavior === "MergeFiles") return [{ name: folder + (place.file ?? madeUp(sink)), files }];
  if (place.file !== undefined) {
    if (files.length > 1)
      throw new DataError(
        "UserErrorInvalidCopyBehaviorBlobNameNotAllowedWithPreserveOrFlattenHierarchy",
        `Cannot adopt copy behavior ${copyBehavior ?? "PreserveHierarchy"} when copying from folder to single file ${place.file}: MergeFiles is for that.`,
      );
    return [{ name: folder + place.file, files }];
  }
  return files.map((file) => ({
    name: folder + (copyBehavior === "FlattenHierarchy" ? madeUp(sink) : renamed(file.relativePath, props)),
    files: [file],
  }));
}

function madeUp(sink: FileFormat): string {
  return `data_${randomUUID()}_${randomUUID()}${extensionOf(sink)}`;
}

/** A file that changes its format changes how its name ends. */
function renamed(path: string, { source, sink }: DestinationProps): string {
  const bare = source.compression === undefined ? path : path.replace(/\.gz$/i, "");
  if (sink.table === undefined) return sink.compression === undefined || /\.gz$/i.test(bare) ? bare : `${bare}.gz`;
  return bare.replace(/(?<=[^/])\.[^./]*$/, "") + extensionOf(sink);
}

function extensionOf({ table, extension, compression }: FileFormat): string {
  const ending = extension === undefined || extension === "" || extension.startsWith(".") ? extension : `.${extension}`;
  if (table !== undefined && ending === undefined)
    throw new DataError(
      "UserErrorMissingFileExtension",
      "Without a file name in the dataset of the sink, formatSettings needs a fileExtension.",
    );
  return (ending ?? "") + (compression === undefined ? "" : ".gz");
}
