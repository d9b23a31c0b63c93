import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { text } from "node:stream/consumers";
import { Azurite } from "./azurite";

const root = join(__dirname, "..");
const examples = readdirSync(join(root, "examples"));
const pages = ["README.md", ...readdirSync(join(root, "docs")).map((page) => join("docs", page))].map((page) =>
  readFileSync(join(root, page), "utf8"),
);

test.each(examples)("a page shows the example %s as it is", (example) => {
  expect(pages.join("")).toContain(
    `\`\`\`ts\n${readFileSync(join(root, "examples", example), "utf8").trimEnd()}\n\`\`\``,
  );
});

test.each([
  ["go-on-from-an-activity.ts", "Succeeded 1 kept"],
  ["run-a-pipeline.ts", "Succeeded ingest, if_new_data, score"],
  [
    "stand-for-a-service.ts",
    'copy 2 {"rowsCopied":3}\norders 1 {"firstRow":{"source":{"query":"select 1"}}}\nSucceeded',
  ],
  ["start-by-blobs.ts", "telemetry/monday.csv Succeeded\n0 new events"],
])("the example %s runs", (example, last) => {
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", join("examples", example)], {
    cwd: root,
    encoding: "utf8",
  });
  expect({ stdout, stderr }).toEqual({ stdout: expect.stringContaining(`${last}\n`), stderr: "" });
});

test("the example work-on-blobs.ts runs", async () => {
  const azurite = await Azurite.start();
  const example = spawn(process.execPath, ["--import", "tsx", join("examples", "work-on-blobs.ts")], {
    cwd: root,
    env: { ...process.env, STORAGE: azurite.connectionString },
  });
  const [out, err] = await Promise.all([text(example.stdout), text(example.stderr)]);
  await azurite.stop();
  expect({ out, err }).toEqual({ out: 'lookup {"firstRow":{"day":"monday"}}\ncopy 1 file\nSucceeded\n', err: "" });
}, 60_000);

test("every example is run", () => {
  expect(examples.sort()).toEqual([
    "go-on-from-an-activity.ts",
    "run-a-pipeline.ts",
    "stand-for-a-service.ts",
    "start-by-blobs.ts",
    "work-on-blobs.ts",
  ]);
});

test("nothing is imported from outside the package", () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const known = [...Object.keys(dependencies), ...Object.keys(peerDependencies), "@jest/globals", "adf-local"];
  const files = readdirSync(root, { encoding: "utf8", recursive: true }).filter(
    (file) => file.endsWith(".ts") && !/^(node_modules|dist|test)\b/.test(file),
  );
  const outside = files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const imported = [...text.matchAll(/\bfrom "([^"]+)"/g)].map(([, name]) => name!);
    return imported.filter((name) => {
      if (name.startsWith(".")) return relative(root, join(root, file, "..", name)).startsWith("..");
      return (
        !name.startsWith("node:") &&
        !known.includes(
          name
            .split("/")
            .slice(0, name.startsWith("@") ? 2 : 1)
            .join("/"),
        )
      );
    });
  });
  expect(files).toContain("factory.ts");
  expect(outside).toEqual([]);
});
