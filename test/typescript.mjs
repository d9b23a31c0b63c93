// jest-light-runner has Node load the tests: here Node learns to read TypeScript.
import { register as registerImport } from "tsx/esm/api";
import { register as registerRequire } from "tsx/cjs/api";

registerImport();
registerRequire();
