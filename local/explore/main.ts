import path from "node:path";
import { notebook } from "./notebook";

void notebook(process.argv.slice(2), path.resolve(__dirname, "../.."));
