#!/usr/bin/env node
// Does with plans what Terraform does, to test who calls it when: `will-show` is what the plan says, `broken` makes a plan fail.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";

const [command, ...options] = process.argv.slice(2);
appendFileSync("calls", `${[command, ...options].join(" ")}\n`);
if (command === "plan") {
  if (existsSync("broken")) {
    console.error(readFileSync("broken", "utf8"));
    process.exit(1);
  }
  writeFileSync("tfplan", "a plan");
}
if (command === "show") console.log(existsSync("will-show") ? readFileSync("will-show", "utf8") : "{}");
if (command === "apply") writeFileSync("applied", "");
