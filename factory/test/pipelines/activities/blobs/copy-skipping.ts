import type { BlobStore } from "../../../../storage/blob-store";
import type { Azurite } from "../../../azurite";
import { blobFactory, copy, dataset, only } from "../../../blob-factory";
import { copying, csv, parquet } from "./copied";

const place = (path: string) => ({
  linkedServiceName: { referenceName: "storage", type: "LinkedServiceReference" },
  path,
});
const logTo = (path: string, logLevel: string) => ({
  enableCopyActivityLog: true,
  copyActivityLogSettings: { logLevel, enableReliableLogging: false },
  logLocationSettings: place(path),
});
const translator = {
  type: "TabularTranslator",
  mappings: [
    { source: { name: "id" }, sink: { name: "id", type: "Int32" } },
    { source: { name: "name" }, sink: { name: "name" } },
  ],
};

export function testCopySkipping(azurite: () => Azurite): void {
  const copied = copying(azurite);
  const onlyBlob = async (container: string, folder: string): Promise<string> => {
    const found = (await azurite().names(container)).filter((name) => name.startsWith(folder));
    expect(found).toHaveLength(1);
    return azurite().text(`${container}/${found[0]}`);
  };

  test("rows of another type and rows with more columns are left out, counted and logged", async () => {
    await azurite().put({ "rows/in.csv": 'id,name\n1,a\nx,"b ""c"""\n2,d,e\n3,f\n' });
    const run = await copied(
      { at: "rows/in.csv", ...csv, escapeChar: '"' },
      { at: "rows/out.csv", ...csv },
      { translator, enableSkipIncompatibleRow: true, logSettings: logTo("rows/logs", "Warning") },
    );
    expect(run.output).toMatchObject({ rowsRead: 4, rowsCopied: 2, rowsSkipped: 2 });
    expect(run.output?.["logFilePath"]).toBe(`rows/logs/copyactivity-logs/copy/${run.id}/`);
    expect(await azurite().text("rows/out.csv")).toBe("id,name\r\n1,a\r\n3,f\r\n");
    const [header, ...lines] = (await onlyBlob("rows", `logs/copyactivity-logs/copy/${run.id}/`)).split("\r\n");
    expect(header).toBe("Timestamp,Level,OperationName,OperationItem,Message");
    expect(lines).toEqual([
      expect.stringMatching(
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{7},Warning,TabularRowSkip,"""x"",""b """"c""""""","Exception occurred when converting value 'x' for column name 'id' to type 'Int32'\."$/,
      ),
      expect.stringContaining('Warning,TabularRowSkip,"""2"",""d"",""e""","Error found when processing'),
      "",
    ]);
  });

  test("in the older form the rows themselves are set aside, with code and reason", async () => {
    await azurite().put({ "aside/in.csv": "id,name\n1,a\nx,b\n" });
    const run = await copied(
      { at: "aside/in.csv", ...csv },
      { ...parquet, at: "aside/a.parquet" },
      {
        sink: { type: "ParquetSink" },
        translator,
        enableSkipIncompatibleRow: true,
        redirectIncompatibleRowSettings: place("aside/errors"),
      },
    );
    expect(run.output).toMatchObject({ rowsCopied: 1, rowsSkipped: 1, redirectRowPath: `aside/errors/${run.id}/` });
    expect(await onlyBlob("aside", `errors/${run.id}/`)).toBe(
      `x,b,"TypeConversionFailure","Exception occurred when converting value 'x' for column name 'id' to type 'Int32'."\r\n`,
    );
  });

  test("a log of level Info has each file that was copied, and of a copy that failed what came before", async () => {
    await azurite().put({ "info/in/a.csv": "id,name\n1,a\n", "info/in/b.csv": "id,name\nx,b\n" });
    const run = await copied(
      { at: "info/in/", ...csv },
      { at: "info/out/", ...csv },
      {
        translator,
        sink: {
          type: "DelimitedTextSink",
          formatSettings: { type: "DelimitedTextWriteSettings", fileExtension: ".csv" },
        },
        logStorageSettings: { ...place("info/logs"), logLevel: "Info" },
      },
    );
    expect(run).toMatchObject({ status: "Failed" });
    const lines = (await onlyBlob("info", "logs/")).split("\r\n").slice(1, -1);
    expect(lines.map((line) => line.split(",").slice(1, 4).join(" "))).toEqual([
      'Info FileRead "a.csv"',
      'Info FileWrite "a.csv"',
      'Info FileRead "b.csv"',
    ]);
  });

  describe("of Binary files", () => {
    const files = { "in/a.bin": "1", "in/b.bin": "22", "in/c.bin": "333" };
    /** Something happens to `b.bin` while it is copied. */
    const copiedWith = async (container: string, change: (store: BlobStore) => Partial<BlobStore>, more: object) => {
      await azurite().put(
        Object.fromEntries(Object.entries(files).map(([name, text]) => [`${container}/${name}`, text])),
      );
      const { store } = azurite();
      const kept: BlobStore = {
        containerModified: (name) => store.containerModified(name),
        list: (name, prefix) => store.list(name, prefix),
        find: (name, blob) => store.find(name, blob),
        read: (name, blob) => store.read(name, blob),
        write: (name, blob, content, signal) => store.write(name, blob, content, signal),
        delete: (name, blob) => store.delete(name, blob),
      };
      const activity = copy({ type: "BinarySource", storeSettings: { recursive: true } }, { type: "BinarySink" }, more);
      const datasets = [
        dataset("from", { type: "Binary", at: `${container}/in/` }),
        dataset("to", { type: "Binary", at: `${container}/out/` }),
      ];
      return only(await blobFactory([activity], { datasets, blobs: { ...kept, ...change(store) } }).run("p"));
    };
    const deleted = (store: BlobStore): Partial<BlobStore> => ({
      read: async (container, name) => {
        if (name === "in/b.bin") await store.delete(container, name);
        return store.read(container, name);
      },
    });
    const replaced = (store: BlobStore): Partial<BlobStore> => ({
      read: async (container, name) => {
        if (name === "in/b.bin") await azurite().put({ [`${container}/${name}`]: "other" });
        return store.read(container, name);
      },
    });
    const outOf = async (container: string): Promise<readonly string[]> =>
      (await azurite().names(container)).filter((name) => name.startsWith("out/"));

    test("one that is deleted meanwhile fails the copy, unless skipErrorFile is there", async () => {
      const failed = await copiedWith("vanished", deleted, {});
      expect(failed).toMatchObject({ status: "Failed", errorCode: "2200" });
      expect(failed.error).toContain("UserErrorSourceBlobNotExist");
      const run = await copiedWith("vanished", deleted, {
        skipErrorFile: {},
        logSettings: logTo("vanished/logs/", "Warning"),
      });
      expect(run.output).toMatchObject({ filesRead: 2, filesWritten: 2, filesSkipped: 1 });
      expect(await outOf("vanished")).toEqual(["out/a.bin", "out/c.bin"]);
      expect(await onlyBlob("vanished", "logs/")).toMatch(
        /Warning,FileSkip,"b\.bin","File is skipped after read 0 bytes: ErrorCode=UserErrorSourceBlobNotExist/,
      );
      const strict = await copiedWith("vanished", deleted, { skipErrorFile: { fileMissing: false } });
      expect(strict).toMatchObject({ status: "Failed" });
    });

    test("one that may not be read is left out where skipErrorFile says so", async () => {
      const forbidden = (store: BlobStore): Partial<BlobStore> => ({
        read: async (container, name) => {
          if (name === "in/b.bin") throw Object.assign(new Error("not authorized"), { statusCode: 403 });
          return store.read(container, name);
        },
      });
      expect(await copiedWith("secret", forbidden, { skipErrorFile: {} })).toMatchObject({ status: "Failed" });
      const run = await copiedWith("secret", forbidden, { skipErrorFile: { fileForbidden: true } });
      expect(run.output).toMatchObject({ filesWritten: 2, filesSkipped: 1 });
    });

    test("one that is replaced meanwhile is found where data are verified, and left out where that is said", async () => {
      const verified = { validateDataConsistency: true };
      const failed = await copiedWith("other", replaced, verified);
      expect(failed.error).toContain("DataConsistencySourceDataChanged");
      const skipping = { ...verified, skipErrorFile: { dataInconsistency: true } };
      const run = await copiedWith("more", replaced, skipping);
      expect(run.output).toMatchObject({
        filesSkipped: 1,
        dataConsistencyVerification: { VerificationResult: "Verified", InconsistentData: "Skipped" },
      });
      expect(await outOf("more")).toEqual(["out/a.bin", "out/c.bin"]);
      const unverified = await copiedWith("plain", replaced, {});
      expect(unverified.output?.["dataConsistencyVerification"]).toEqual({ VerificationResult: "NotVerified" });
      const fine = await copiedWith("fine", () => ({}), verified);
      expect(fine.output?.["dataConsistencyVerification"]).toEqual({
        VerificationResult: "Verified",
        InconsistentData: "None",
      });
    });
  });
}
