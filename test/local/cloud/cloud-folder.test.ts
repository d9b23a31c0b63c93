import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CloudFolder } from "../../../local/cloud/cloud-folder";
import { openDeployments } from "../../../local/cloud/deployments";
import { Progress } from "../../../local/command/progress";
import { Azurite } from "../../../local/storage/azurite";

let out: string;
beforeEach(() => (out = path.join(mkdtempSync(path.join(tmpdir(), "cloud-folder-")), "cloud")));
afterEach(() => rmSync(path.dirname(out), { recursive: true }));

test("what was deployed stays, until somebody starts afresh", () => {
  const folder = CloudFolder.open(out, false);
  writeFileSync(folder.resources, "[]");
  CloudFolder.open(out, false);
  expect(existsSync(folder.resources)).toBe(true);
  CloudFolder.open(out, true);
  expect(existsSync(folder.resources)).toBe(false);
});

test("the folder of something else is neither used nor emptied", () => {
  mkdirSync(out);
  writeFileSync(path.join(out, "thesis.txt"), "");
  for (const fresh of [false, true])
    expect(() => CloudFolder.open(out, fresh)).toThrow(
      `--out ${out} holds thesis.txt and is not the folder of a cloud`,
    );
  expect(existsSync(path.join(out, "thesis.txt"))).toBe(true);
});

test("a file that is damaged is one clear line", () => {
  const folder = CloudFolder.open(out, false);
  writeFileSync(folder.resources, '[{"id":');
  const storage = { client: Azurite.prototype.client, list: Azurite.prototype.list };
  const startSpark = () => Promise.reject(new Error("never"));
  const progress = new Progress(process.stdout);
  expect(() => openDeployments({ folder, storage, startSpark, groups: [], progress })).toThrow(
    /^what was deployed to .*cloud cannot be read: .*; npm run cloud -- --fresh forgets it$/,
  );
});
