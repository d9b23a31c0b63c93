import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installTerraform, TERRAFORM } from "../../../operations/install-terraform/install";
import { digest } from "../../../operations/digest";

let server: Server;
let address = "";
let folder = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "install-test-"));
  writeFileSync(join(folder, "terraform"), "#!/bin/sh\necho a terraform\n");
  execFileSync("python3", ["-m", "zipfile", "-c", "archive.zip", "terraform"], { cwd: folder });
  server = createServer((request, response) => {
    response.writeHead(request.url === "/archive.zip" ? 200 : 404);
    response.end(request.url === "/archive.zip" ? readFileSync(join(folder, "archive.zip")) : "");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  address = `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const installed = () => join(folder, "bin", "terraform");
const install = (path: string, sha256: string) =>
  installTerraform({ url: `${address}/${path}`, sha256 }, join(folder, "bin"));

test("what is not as expected is refused before it is unpacked", async () => {
  await expect(install("archive.zip", TERRAFORM.sha256)).rejects.toThrow(`not ${TERRAFORM.sha256}`);
  expect(existsSync(installed())).toBe(false);
});

test("what is as expected runs, and is installed again without harm", async () => {
  const sha256 = digest(join(folder, "archive.zip"));
  await install("archive.zip", sha256);
  await install("archive.zip", sha256);
  expect(execFileSync(installed(), { encoding: "utf8" })).toBe("a terraform\n");
});

test("what cannot be had is told", async () => {
  await expect(install("nothing.zip", "")).rejects.toThrow("nothing.zip is answered 404");
  const nowhere = { url: "http://127.0.0.1:1/archive.zip", sha256: "" };
  await expect(installTerraform(nowhere, folder)).rejects.toThrow("cannot be reached");
});
