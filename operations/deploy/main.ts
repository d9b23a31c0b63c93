import { resolve } from "node:path";
import { runOperation } from "../command";
import { deploy } from "./deploy";

void runOperation(() => deploy(process.argv.slice(2), resolve(__dirname, "..", "..")));
