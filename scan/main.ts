import { join } from "node:path";
import { runOperation } from "../operations/command";
import { scan } from "./scan";

void runOperation(async () => scan(process.argv.slice(2), join(__dirname, "..")));
