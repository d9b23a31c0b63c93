import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PYTHON, pythonModule } from "../../contract/python";
import { repository } from "../repository";

test("Python's form of the contract is that of contract/: npm run contract writes it", () => {
  expect(readFileSync(join(repository, PYTHON), "utf8")).toBe(pythonModule());
});
