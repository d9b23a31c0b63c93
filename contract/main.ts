import { join } from "node:path";
import { write } from "./write";

write(process.argv.slice(2), join(__dirname, ".."));
