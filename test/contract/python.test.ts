import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PYTHON, pythonModule } from "../../contract/python";
import { SIMULATOR, simulatorModule } from "../../contract/simulator";
import { repository } from "../repository";

test.each([
  [PYTHON, pythonModule],
  [SIMULATOR, simulatorModule],
])("%s is that of contract/: npm run contract writes it", (file, module) => {
  expect(readFileSync(join(repository, file), "utf8")).toBe(module());
});
