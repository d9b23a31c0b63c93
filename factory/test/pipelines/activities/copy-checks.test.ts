import { blobFactory, copy, dataset } from "../../blob-factory";

const place = (referenceName: string) => ({ linkedServiceName: { referenceName }, path: "logs" });

/** Why a Copy needs a stub; `undefined` where the definition has nothing against it. */
function stubNeeded(type: string, source: object, settings: object): string | undefined {
  const factory = blobFactory([copy({ type: `${type}Source`, ...source }, { type: `${type}Sink` }, settings)], {
    datasets: [dataset("from", { type, at: "in/" }), dataset("to", { type, at: "out/" })],
    linkedServices: [{ name: "sql", properties: { type: "AzureSqlDatabase" } }],
  });
  return factory.definition.pipelines[0]?.activities[0]?.work.onlyByStub;
}

test.each([
  ["Binary", { additionalColumns: [] }, {}, "adds columns, which datasets of type Binary do not have"],
  ["Binary", {}, { enableSkipIncompatibleRow: true }, "skips rows, which datasets of type Binary do not have"],
  ["DelimitedText", {}, { skipErrorFile: {} }, "skips files, which is for datasets of type Binary"],
  [
    "DelimitedText",
    { storeSettings: { deleteFilesAfterCompletion: true } },
    {},
    "deletes files after completion, which is for datasets of type Binary",
  ],
  ["DelimitedText", {}, { enableStaging: true }, "typeProperties.stagingSettings: is missing"],
  [
    "DelimitedText",
    {},
    { logSettings: { enableCopyActivityLog: true } },
    "typeProperties.logSettings.logLocationSettings: is missing",
  ],
  [
    "DelimitedText",
    {},
    { enableStaging: true, stagingSettings: place("sql") },
    'writes to linked service "sql" of type "AzureSqlDatabase"',
  ],
  ["DelimitedText", {}, { preserve: ["Attributes"] }, "typeProperties.preserve is not understood here"],
  [
    "DelimitedText",
    { additionalColumns: [{ name: "x", valeu: "1" }] },
    {},
    "source.additionalColumns.0.valeu is not understood here",
  ],
])("a Copy of %s with %j and %j is refused by name", (type, source, settings, message) => {
  expect(stubNeeded(type, source, settings)).toBe(message);
});

test.each([
  ["DelimitedText", { enableStaging: false, stagingSettings: place("sql") }],
  ["DelimitedText", { logSettings: { enableCopyActivityLog: false, logLocationSettings: place("sql") } }],
  ["DelimitedText", { redirectIncompatibleRowSettings: place("sql") }],
  ["DelimitedText", { enableStaging: "@pipeline().parameters.day" }],
  ["Binary", { skipErrorFile: { fileMissing: true, invalidFileName: true } }],
])("of a Copy of %s %j counts for nothing, or is understood", (type, settings) => {
  expect(stubNeeded(type, {}, settings)).toBeUndefined();
});
