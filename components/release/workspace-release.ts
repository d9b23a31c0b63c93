import { Directory } from "@cdktf/provider-databricks/lib/directory";
import { Notebook } from "@cdktf/provider-databricks/lib/notebook";
import { WorkspaceFile } from "@cdktf/provider-databricks/lib/workspace-file";
import { TerraformAsset, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { dirname } from "node:path/posix";
import type { Release } from "./release";

export interface WorkspaceReleaseProps {
  readonly release: Release;
  /** The folder that holds the releases. */
  readonly parent: ITerraformDependable;
}

/** A new release is complete before the old one goes. */
const lifecycle = { createBeforeDestroy: true };

/** Puts a release into the workspace: notebooks without their `.py`, modules as files, with the same relative layout. */
export class WorkspaceRelease extends Construct {
  constructor(scope: Construct, id: string, props: WorkspaceReleaseProps) {
    super(scope, id);
    const { root, files } = props.release;
    const folder = (id: string, path: string, parent: ITerraformDependable) =>
      // Python leaves compiled modules beside the sources.
      new Directory(this, id, { path, deleteRecursive: true, lifecycle, dependsOn: [parent] });
    const folders = new Map<string, Directory>([[".", folder("root", root, props.parent)]]);
    const inFolder = (path: string): Directory => {
      const known = folders.get(path) ?? folder(`folder ${path}`, `${root}/${path}`, inFolder(dirname(path)));
      folders.set(path, known);
      return known;
    };

    for (const file of files) {
      const content = new TerraformAsset(this, `source ${file.path}`, { path: file.source });
      const config = { source: content.path, lifecycle, dependsOn: [inFolder(dirname(file.path))] };
      const name = file.path.replace(/\.py$/, "");
      if (file.notebook) new Notebook(this, name, { ...config, path: `${root}/${name}`, language: "PYTHON" });
      else new WorkspaceFile(this, name, { ...config, path: `${root}/${file.path}` });
    }
  }
}
