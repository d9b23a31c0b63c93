#!/usr/bin/env node
// The program from its sources, which tsx reads; the package that npm packs has it compiled.
import { tsImport } from "tsx/esm/api";

await tsImport("./bin.ts", import.meta.url);
