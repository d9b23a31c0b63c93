#!/usr/bin/env node
// The package ships its TypeScript sources: tsx reads them.
import { tsImport } from "tsx/esm/api";

const { main } = await tsImport("./main.ts", import.meta.url);
process.exitCode = await main(process.argv.slice(2), { out: console.log, err: console.error });
