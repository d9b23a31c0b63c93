import { appendFileSync } from "node:fs";

/** Hands values to later jobs, in the way of the service that runs this one; on a person's machine there is nobody to hand them to. */
export function setOutputs(variables: Readonly<NodeJS.ProcessEnv>, values: Readonly<Record<string, string>>): void {
  const file = variables["GITHUB_OUTPUT"];
  for (const [name, value] of Object.entries(values)) {
    if (file) appendFileSync(file, `${name}=${value}\n`);
    if (variables["TF_BUILD"]) console.log(`##vso[task.setvariable variable=${name};isOutput=true]${value}`);
  }
}
