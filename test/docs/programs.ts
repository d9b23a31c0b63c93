import type { Call } from "./run";

/**
 * What the documents call of other people's programs, with the options that each takes; `!` is after those that it needs, words in
 * capitals stand for values, and those in brackets may be left out. Sources: Azure CLI 2.91.0 with its extensions datafactory and databricks, Databricks CLI 0.2xx, Terraform 1.x,
 * cdktf-cli 0.21, AzCopy 10, GitHub CLI 2.
 */
const KNOWN: readonly string[] = [
  "az login",
  "az account set --subscription!",
  "az extension add --name!",
  "az databricks workspace show -g! -n!",
  "az datafactory linked-service show -g! --factory-name! -n!",
  "az datafactory pipeline create-run -g! --factory-name! --name! --parameters",
  "az datafactory pipeline-run cancel -g! --factory-name! --run-id!",
  "az datafactory pipeline-run query-by-factory -g! --factory-name! --last-updated-after! --last-updated-before!",
  "az datafactory activity-run query-by-pipeline-run -g! --factory-name! --run-id! --last-updated-after! --last-updated-before!",
  "az storage fs directory upload --auth-mode! --account-name! -f! -s! -d --recursive",
  "az storage fs list-deleted-path --auth-mode! --account-name! -f!",
  "az storage fs undelete-path --auth-mode! --account-name! -f! --deleted-path-name! --deletion-id!",
  "az storage container restore --auth-mode! --account-name! --name! --deleted-version!",
  "az storage account failover --name! --resource-group!",
  "az storage account migration start --account-name! -g! --sku! --no-wait",
  "az storage blob list --auth-mode! --account-name! -c! --include",
  "az rest --method! --url! --body",
  "az monitor action-group test-notifications create -g! --action-group! --alert-type! -a!",
  "databricks clusters start ID",
  "databricks clusters delete ID",
  "databricks clusters events ID",
  "databricks ip-access-lists list",
  "databricks storage-credentials validate --json!",
  "terraform init",
  "terraform apply",
  "terraform validate",
  "terraform force-unlock ID",
  "npx cdktf-cli@0.21.0 deploy [STACKS]",
  "azcopy copy FROM TO --recursive",
  "gh attestation verify FILE --repo!",
  "editor FILE",
];

/** Of every command of the program. */
const EVERYWHERE: Readonly<Record<string, readonly string[]>> = { az: ["--query", "-o"], databricks: ["-o"] };

/** What is wrong with a call of somebody else's program. */
export function callProblems({ line, words }: Call): readonly string[] {
  const text = words.join(" ");
  const known = KNOWN.find((one) => text === nameOf(one) || text.startsWith(`${nameOf(one)} `));
  if (known === undefined) return [`${line}: ${text} is not known: see test/docs/programs.ts`];
  const rest = known.slice(nameOf(known).length).split(" ").filter(Boolean);
  const options = rest.filter((word) => word.startsWith("-")).map((word) => word.replace("!", ""));
  const given = words.filter((word) => /^--?[a-z]/.test(word));
  const values = words.slice(nameOf(known).split(" ").length);
  const needed = rest.filter((word) => word.endsWith("!")).map((word) => word.slice(0, -1));
  const places = rest.filter((word) => /^\[?[A-Z]/.test(word));
  const first = values.findIndex((word) => word.startsWith("-"));
  const count = first < 0 ? values.length : first;
  const least = places.filter((word) => !word.startsWith("[")).length;
  return [
    ...given
      .filter((option) => ![...options, ...(EVERYWHERE[words[0]!] ?? [])].includes(option))
      .map((option) => `${line}: ${nameOf(known)} has no ${option}`),
    ...needed.filter((option) => !given.includes(option)).map((option) => `${line}: ${nameOf(known)} lacks ${option}`),
    ...(least <= count && count <= places.length
      ? []
      : [`${line}: ${nameOf(known)} takes ${places.join(" ") || "no value"}`]),
    ...words.filter((word) => word.includes("…")).map((word) => `${line}: ${word} is not a value`),
  ];
}

/** The words before options and values. */
const nameOf = (known: string): string => known.replace(/ (-|\[?[A-Z]).*$/, "");
