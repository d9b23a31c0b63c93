import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readRelease } from "../../../components/release/release";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "release-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

const root = () => readRelease(folder, "/releases").root;

test("notebooks are told from modules by their first line", () => {
  write("ingest.py", "# Databricks notebook source\nprint(1)\n");
  write("package/module.py", "x = 1\n");
  const { files } = readRelease(folder, "/releases");
  expect(files.map(({ path, notebook }) => [path, notebook])).toEqual([
    ["ingest.py", true],
    ["package/module.py", false],
  ]);
});

test("only Python sources belong to a release: what Python compiled does not change it", () => {
  write("ingest.py", "x = 1\n");
  const before = root();
  write("__pycache__/ingest.cpython-311.pyc", "compiled");
  write("notes.md", "notes");
  expect(root()).toBe(before);
});

test("another content or another path is another release", () => {
  write("a.py", "x = 1\n");
  const first = root();
  write("a.py", "x = 2\n");
  const second = root();
  write("a.py", "x = 1\n");
  write("b/a.py", "x = 1\n");
  expect(new Set([first, second, root()]).size).toBe(3);
});

test("what moves from the end of one file to the start of the next is another release", () => {
  write("a.py", "xy");
  write("b.py", "z");
  const first = root();
  write("a.py", "x");
  write("b.py", "yz");
  expect(root()).not.toBe(first);
});
