import { resolve } from "node:path";
import { runOperation } from "../command";
import { writeEnvironments } from "./environments";

void runOperation(async () => writeEnvironments(process.argv.slice(2), resolve(__dirname, "..", "..")));
