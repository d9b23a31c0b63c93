import { appendFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

type Variables = Readonly<NodeJS.ProcessEnv>;

/** Hands values to later jobs, in the way of the service that runs this one; on a person's machine there is nobody to hand them to. */
export function setOutputs(variables: Variables, values: Readonly<Record<string, string>>): void {
  const file = variables["GITHUB_OUTPUT"];
  for (const [name, value] of Object.entries(values)) {
    if (file) appendFileSync(file, `${name}=${value}\n`);
    if (variables["TF_BUILD"]) console.log(`##vso[task.setvariable variable=${name};isOutput=true]${value}`);
  }
}

/** Shows a text on the page of the run, where whoever approves reads it. */
export function addSummary(variables: Variables, markdown: string): void {
  const file = variables["GITHUB_STEP_SUMMARY"];
  if (file) appendFileSync(file, `${markdown}\n`);
  if (!variables["TF_BUILD"]) return;
  // Azure Pipelines takes the file when the step has ended, under its name.
  const uploaded = join(mkdtempSync(join(variables["AGENT_TEMPDIRECTORY"] ?? tmpdir(), "summary-")), "summary.md");
  writeFileSync(uploaded, markdown);
  console.log(`##vso[task.uploadsummary]${uploaded}`);
}

/** Puts a folder in front of those in which this job's later steps find their programs. */
export function addPath(variables: Variables, folder: string): void {
  const file = variables["GITHUB_PATH"];
  if (file) appendFileSync(file, `${folder}\n`);
  if (variables["TF_BUILD"]) console.log(`##vso[task.prependpath]${folder}`);
}
