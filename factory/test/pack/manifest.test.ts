import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { transformSync } from "@swc/core";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { fixture } from "../cli/command";

const root = path.join(__dirname, "..", "..");
const modules = path.join(createRequire(__filename).resolve("zod/package.json"), "..", "..");
const manifest = () => readFileSync(path.join(root, "package.json"), "utf8");

const { exports: sources, publishConfig } = JSON.parse(manifest()) as {
  readonly exports: Readonly<Record<string, string>>;
  readonly publishConfig: { readonly exports: Readonly<Record<string, unknown>> };
};

/** A module as npm packs it. Node looks for names in what TypeScript makes of those that are exported; swc makes the others in a fortieth of the time. */
function compiled(file: string): string {
  const source = readFileSync(path.join(root, file), "utf8");
  if (!Object.values(sources).includes(`./${file}`))
    return transformSync(source, {
      module: { type: "commonjs", ignoreDynamic: true },
      jsc: { target: "es2022", parser: { syntax: "typescript" } },
    }).code;
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  return transpileModule(source, { compilerOptions }).outputText;
}

/** Runs a program in a folder, and returns all that it says. */
function ran(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  return { status, text: stdout + stderr };
}

/** A folder of a stranger that has the package, compiled as npm packs it, and what it depends on. */
function stranger(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "stranger-"));
  const own = path.join(folder, "node_modules", "adf-local");
  mkdirSync(path.join(own, "pack"), { recursive: true });
  writeFileSync(path.join(own, "package.json"), manifest());
  copyFileSync(path.join(root, "pack", "manifest.mjs"), path.join(own, "pack", "manifest.mjs"));
  expect(ran(own, "pack/manifest.mjs", "publish")).toEqual({ status: 0, text: "" });
  for (const file of readdirSync(root, { encoding: "utf8", recursive: true }))
    if (/\.ts$/.test(file) && !/^(node_modules|dist|test|examples|bench)\b/.test(file)) {
      const target = path.join(own, "dist", file.replace(/\.ts$/, ".js"));
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, compiled(file));
    }
  const { dependencies } = JSON.parse(manifest());
  for (const name of [...Object.keys(dependencies), "jest"]) {
    const link = path.join(folder, "node_modules", name);
    mkdirSync(path.dirname(link), { recursive: true });
    symlinkSync(path.join(modules, name), link);
  }
  cpSync(fixture("nightly"), path.join(folder, "adf"), { recursive: true });
  writeFileSync(path.join(folder, "package.json"), "{}");
  return folder;
}

test("plain Node runs the package: its exports, its program, and the README's test with its coverage", () => {
  const folder = stranger();
  const exported = `
    const { Factory, FileHistory, ...more } = { ...require("adf-local"), ...require("adf-local/atomic-file") };
    console.log(typeof Factory, typeof FileHistory, typeof more.writeFileAtomically);`;
  expect(ran(folder, "-e", exported)).toEqual({ status: 0, text: "function function function\n" });
  expect(
    ran(
      folder,
      "--input-type=module",
      "-e",
      'import { loadFactory } from "adf-local"; console.log(typeof loadFactory);',
    ).text,
  ).toBe("function\n");

  const { bin } = JSON.parse(readFileSync(path.join(folder, "node_modules", "adf-local", "package.json"), "utf8"));
  const program = path.join("node_modules", "adf-local", bin["adf-local"]);
  expect(ran(folder, program, "validate", "--factory", "adf", "nightly").text).toBe(
    "adf: 1 pipelines and 0 triggers can run\n",
  );

  const readme = readFileSync(path.join(root, "README.md"), "utf8");
  writeFileSync(path.join(folder, "nightly.test.js"), /```js\n(.*?)```/s.exec(readme)![1]!);
  const jest = path.join("node_modules", "jest", "bin", "jest.js");
  const { status, text } = ran(
    folder,
    jest,
    "-i",
    "--no-cache",
    "--reporters",
    "default",
    "--reporters",
    "adf-local/jest-reporter",
  );
  expect(text).toContain("2 passed, 2 total");
  expect(text).toContain("Coverage of adf\nnightly  2 of 2 activities, branches and paths\n");
  expect(status).toBe(0);
});

describe("the manifest", () => {
  test("has the same exports in the repository as when it is packed, each from its source", () => {
    expect(Object.keys(publishConfig.exports)).toEqual(Object.keys(sources));
    for (const [name, source] of Object.entries(sources)) {
      const compiled = `./dist/${source.slice(2, -3)}`;
      expect(publishConfig.exports[name]).toEqual({ types: `${compiled}.d.ts`, default: `${compiled}.js` });
      expect(existsSync(path.join(root, source))).toBe(true);
    }
  });

  test("is as it was when npm has packed, also after a pack that was killed", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "manifest-"));
    const file = path.join(folder, "package.json");
    writeFileSync(file, manifest());
    const script = path.join(root, "pack", "manifest.mjs");
    ran(folder, script, "publish");
    ran(folder, script, "publish");
    const packed = JSON.parse(readFileSync(file, "utf8"));
    expect(packed).toMatchObject(publishConfig);
    expect(packed).not.toHaveProperty("devDependencies");
    ran(folder, script, "restore");
    ran(folder, script, "restore");
    expect(readFileSync(file, "utf8")).toBe(manifest());
  });
});
