import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { NotebookFailed } from "../../../local/cluster/cluster";
import { ReleaseCopy, type WorkspaceFile } from "../../../local/cluster/workspace";

const notebooks = path.resolve(__dirname, "../../../notebooks");
const folder = mkdtempSync(path.join(tmpdir(), "release-"));

/** A file of a release as it is synthesized: a copy of the one in the repository. */
function synthesized(name: string, isNotebook: boolean): WorkspaceFile {
  const source = path.join(folder, "assets", name);
  mkdirSync(path.dirname(source), { recursive: true });
  copyFileSync(path.join(notebooks, name), source);
  return { path: `/pdm/dev/0123/${isNotebook ? name.replace(/\.py$/, "") : name}`, source, isNotebook };
}

const files = [synthesized("ingest.py", true), synthesized("predictive_maintenance/landing/ingest.py", false)];
const workspace = path.join(folder, "workspace");
const copy = (name: string) => path.join(workspace, "pdm/dev/0123", name);

function traced(traceback: string): string {
  const error = new NotebookFailed("NameError: no", traceback, true);
  return (new ReleaseCopy(files, workspace).traced(error) as NotebookFailed).traceback;
}

test("a release lies as in the workspace, its notebooks with their extension", () => {
  const release = new ReleaseCopy(files, workspace);
  expect([...release.notebooks]).toEqual([["/pdm/dev/0123/ingest", copy("ingest.py")]]);
  const module = "predictive_maintenance/landing/ingest.py";
  expect(readFileSync(copy(module))).toEqual(readFileSync(path.join(notebooks, module)));
});

test("a traceback names the files of the repository, not their copies", () => {
  const lines = ["ingest.py", "predictive_maintenance/landing/ingest.py"].map((name) => `File "${copy(name)}", line 3`);
  expect(traced(lines.join("\n"))).toBe(
    'File "notebooks/ingest.py", line 3\nFile "notebooks/predictive_maintenance/landing/ingest.py", line 3',
  );
  expect(new ReleaseCopy(files, workspace).traced("anything else")).toBe("anything else");
});

test("where the synthesized file is another one than the repository's, it is named itself", () => {
  writeFileSync(files[0]!.source, "edited");
  expect(traced(`File "${copy("ingest.py")}", line 3`)).toBe(`File "${files[0]!.source}", line 3`);
});
