import { runOperation } from "../command";
import { notify } from "./notify";

void runOperation(() => notify(process.argv.slice(2)));
