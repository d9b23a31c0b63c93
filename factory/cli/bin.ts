#!/usr/bin/env node
import { main } from "./main";

void main(process.argv.slice(2), { out: console.log, err: console.error }).then((code) => {
  process.exitCode = code;
});
