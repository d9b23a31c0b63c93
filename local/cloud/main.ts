import path from "node:path";
import { start } from "./start";

void start(process.argv.slice(2), path.resolve(__dirname, "../.."));
