import { gunzipSync } from "node:zlib";
import { buffer } from "node:stream/consumers";
import { Readable } from "node:stream";
import type { BlobStore } from "../../../../storage/blob-store";
import type { Azurite } from "../../../azurite";
import { blobFactory, copy, dataset, only } from "../../../blob-factory";
import { csv, sink, source } from "./copied";

export function testCopyStaging(azurite: () => Azurite): void {
  test.each([
    [{ path: "interim/x" }, "interim", "x", ""],
    [{ path: "interim/x", enableCompression: true }, "interim", "x", ".gz"],
    [{}, "adfstagedcopytempdata", "", ""],
  ])(
    "a copy with the stagingSettings %j goes through interim blobs, which are gone then",
    async (more, container, folder, ending) => {
      await azurite().put({ "staged/in/a.csv": "id\n1\n", "staged/in/b.csv": "id\n2\n" });
      const { store } = azurite();
      const interim = new Map<string, string>();
      const watched: BlobStore = {
        containerModified: (name) => store.containerModified(name),
        list: (name, prefix) => store.list(name, prefix),
        find: (name, blob) => store.find(name, blob),
        read: (name, blob) => store.read(name, blob),
        write: async (to, blob, content, signal) => {
          const bytes = await buffer(content);
          interim.set(`${to}/${blob}`, String(ending === "" ? bytes : gunzipSync(bytes)));
          await store.write(to, blob, Readable.from([bytes]), signal);
        },
        delete: (name, blob) => store.delete(name, blob),
      };
      const stagingSettings = {
        linkedServiceName: { referenceName: "interim", type: "LinkedServiceReference" },
        ...more,
      };
      const writing = { ...sink, formatSettings: { type: "DelimitedTextWriteSettings", fileExtension: ".csv" } };
      const factory = blobFactory([copy(source, writing, { enableStaging: true, stagingSettings })], {
        datasets: [dataset("from", { at: "staged/in/", ...csv }), dataset("to", { at: "staged/out/", ...csv })],
        blobs: store,
        blobsOf: { interim: watched },
      });
      const run = only(await factory.run("p"));
      expect(run.output).toMatchObject({
        rowsCopied: 2,
        executionDetails: [{ sink: { type: "AzureBlobStorage" } }, { source: { type: "AzureBlobStorage" } }],
      });
      const base = [container, folder, run.id].filter((part) => part !== "").join("/");
      expect([...interim]).toEqual([
        [`${base}/0${ending}`, "id\n1\n"],
        [`${base}/1${ending}`, "id\n2\n"],
      ]);
      expect(await azurite().names(container)).toEqual([]);
      expect(await azurite().text("staged/out/b.csv")).toBe("id\r\n2\r\n");
    },
  );
}
