// In the repository package.json points at the TypeScript sources. While npm packs, it has what `publishConfig` says in their place.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";

const MANIFEST = "package.json";
const SOURCE = "package.source.json";
const OF_THE_REPOSITORY = ["devDependencies", "overrides", "publishConfig", "scripts"];

function restore() {
  if (existsSync(SOURCE)) renameSync(SOURCE, MANIFEST);
}

function publish() {
  // An earlier pack may have been killed.
  restore();
  const source = JSON.parse(readFileSync(MANIFEST, "utf8"));
  const published = Object.entries({ ...source, ...source.publishConfig }).filter(
    ([name]) => !OF_THE_REPOSITORY.includes(name),
  );
  renameSync(MANIFEST, SOURCE);
  writeFileSync(MANIFEST, `${JSON.stringify(Object.fromEntries(published), null, 2)}\n`);
}

if (process.argv[2] === "publish") publish();
else restore();
