import { copySourceShape, sinkShape } from "../../data/sides";
import type { FormatType } from "../../data/formats/format";
import type { Datasets } from "../../datasets/datasets";
import { literals, notUnderstood, present } from "../../datasets/literals";
import type { JsonObject } from "../../json";
import { type CopySettings, copySettings } from "./copy-settings";

/** What a Copy says that is not understood here, or that the service does not take for files of such formats. */
export function copyProblems(
  { source: from, sink: to, ...more }: JsonObject,
  { source, sink }: { readonly source: FormatType; readonly sink: FormatType },
  datasets: Datasets,
): readonly string[] {
  const settings = knownSettings(more);
  const read = copySourceShape(source).safeParse(literals(present(from ?? {})) ?? {}).data;
  const isBinary = source.type === "Binary";
  const isWrong = new Map([
    ["copies a dataset of type Binary into one of another type", isBinary !== (sink.type === "Binary")],
    [
      "deletes files after completion, which is for datasets of type Binary",
      !isBinary && read?.storeSettings.deleteFilesAfterCompletion === true,
    ],
    ["skips files, which is for datasets of type Binary", !isBinary && settings?.skipErrorFile !== undefined],
    ["skips rows, which datasets of type Binary do not have", isBinary && settings?.enableSkipIncompatibleRow === true],
    ["adds columns, which datasets of type Binary do not have", isBinary && read?.additionalColumns !== undefined],
  ]);
  return [
    ...notUnderstood("source", copySourceShape(source), from),
    ...notUnderstood("sink", sinkShape(sink), to),
    ...notUnderstood("typeProperties", copySettings, more),
    ...[...isWrong].filter(([, is]) => is).map(([problem]) => problem),
    ...linkedServicesBeside(more).flatMap((name) => {
      const foreign = datasets.foreignService(name);
      return foreign === undefined ? [] : [`writes to ${foreign}`];
    }),
  ];
}

/** The linked services that it writes to beside its sink. */
export function linkedServicesBeside(properties: JsonObject): readonly string[] {
  const { staging, log, redirect } = knownSettings(properties) ?? {};
  return [staging, log, redirect].flatMap((place) => place?.linkedServiceName ?? []);
}

/** What of its settings is known before a run; `undefined` where some are not understood. */
function knownSettings(properties: JsonObject): CopySettings | undefined {
  const settings = Object.entries(properties).filter(([name]) => name !== "source" && name !== "sink");
  return copySettings.safeParse(literals(present(Object.fromEntries(settings))) ?? {}).data;
}
