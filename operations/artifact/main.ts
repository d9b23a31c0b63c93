import { join } from "node:path";
import { runOperation } from "../command";
import { writeArtifact } from "./artifact";

void runOperation(() => writeArtifact(process.argv.slice(2), join(__dirname, "..", ".."), process.env));
