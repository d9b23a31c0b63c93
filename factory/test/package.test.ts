import { spawn } from "node:child_process";
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

/** Runs one program after the other in this process: each once nothing of the one before is left to do. */
const RUN_ALL = `
  const left = process.argv.slice(1);
  process.on("beforeExit", () => {
    const program = left.shift();
    if (program === undefined) return;
    console.log("# " + program);
    setImmediate(require, program);
  });`;

describe("run", () => {
  let out = "";
  let err = "";

  beforeAll(async () => {
    const azurite = await Azurite.start();
    const programs = examples.map((example) => `./examples/${example}`);
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "-e", RUN_ALL, ...programs], {
      cwd: root,
      env: { ...process.env, STORAGE: azurite.connectionString },
    });
    [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    await azurite.stop();
  }, 60_000);

  test.each([
    ["go-on-from-an-activity.ts", /\nSucceeded 1 kept\n$/],
    ["run-a-pipeline.ts", /\nSucceeded ingest, if_new_data, score\n$/],
    [
      "stand-for-a-service.ts",
      /^copy 2 {"rowsCopied":3}\norders 1 {"firstRow":{"source":{"query":"select 1"}}}\nSucceeded\n$/,
    ],
    ["start-by-blobs.ts", /\ntelemetry\/monday.csv Succeeded\n0 new events\n$/],
    ["work-on-blobs.ts", /^lookup {"firstRow":{"day":"monday"}}\ncopy 1 file\nSucceeded\n$/],
  ])("the example %s runs", (example, shown) => {
    const [, own = ""] = out.split(`# ./examples/${example}\n`);
    expect({ out: own.split("# ")[0], err }).toEqual({ out: expect.stringMatching(shown), err: "" });
  });
});

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
