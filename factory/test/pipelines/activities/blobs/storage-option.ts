import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Azurite } from "../../../azurite";
import { copy, dataset } from "../../../blob-factory";
import { command } from "../../../cli/command";

export function testStorageOption(azurite: () => Azurite): void {
  test("a pipeline of a folder works on the blobs of the emulator", async () => {
    await azurite().put({ "landing/in.csv": "a\n1\n" });
    const folder = mkdtempSync(path.join(tmpdir(), "factory-"));
    const write = (file: string, json: unknown): void => {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), JSON.stringify(json));
    };
    write("pipeline/copies.json", {
      name: "copies",
      properties: { activities: [copy({ type: "BinarySource" }, { type: "BinarySink" })] },
    });
    write("dataset/from.json", dataset("from", { type: "Binary", at: "landing/in.csv" }));
    write("dataset/to.json", dataset("to", { type: "Binary", at: "landing/out.csv" }));
    const run = (...more: readonly string[]) => command("run", "--factory", folder, "copies", ...more);
    expect(await run()).toMatchObject({
      code: 1,
      err: ['pipeline "copies": activity "copy": works on blobs, for which the factory has no store'],
    });
    expect(await run("--storage", azurite().connectionString)).toMatchObject({ code: 0, err: [] });
    expect(await azurite().text("landing/out.csv")).toBe("a\n1\n");
  });
}
