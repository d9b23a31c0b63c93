import { write } from "./stacks/write";

write(process.argv.slice(2), __dirname);
