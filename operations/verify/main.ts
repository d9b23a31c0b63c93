import { resolve } from "node:path";
import { verification } from "./verification";

void verification(process.argv.slice(2), resolve(__dirname, "..", ".."));
