#!/usr/bin/env node
// Does with plans what Terraform does, to test who calls it when: `will-show`, or FAKE_SHOWS, is what the plan says, `state` what is there, `broken`
// makes a plan fail, `unreadable` one that reads what is there, and `breaks` an apply.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";

const [command, ...options] = process.argv.slice(2);
const contentOf = (file, otherwise) => (existsSync(file) ? readFileSync(file, "utf8") : otherwise);
appendFileSync("calls", `${[command, ...options].join(" ")}\n`);
if (command === "plan") {
  if (existsSync("broken")) {
    console.error(readFileSync("broken", "utf8"));
    process.exit(1);
  }
  if (existsSync("unreadable") && !options.includes("-refresh=false")) {
    console.error(readFileSync("unreadable", "utf8"));
    process.exit(1);
  }
  writeFileSync("tfplan", "a plan");
}
if (command === "show") console.log(contentOf("will-show", process.env.FAKE_SHOWS ?? "{}"));
if (command === "state") console.log(contentOf("state", ""));
if (command === "apply") {
  if (existsSync("breaks")) process.exit(1);
  writeFileSync("applied", "");
}
