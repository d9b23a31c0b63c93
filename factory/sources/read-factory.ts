import { existsSync } from "node:fs";
import { FactoryError } from "../factory-error";
import { readArmTemplate, templateAt } from "./arm-template";
import { readStack, stackAt } from "./cdktf-out";
import { isGitFolder, readGitFolder } from "./git-folder";
import type { FactoryParts } from "./parts";

/** Reads the factory at a path. Throws a `FactoryError` where there is none. */
export function readFactory(place: string): FactoryParts {
  if (!existsSync(place)) throw new FactoryError(`${place} does not exist`);
  if (isGitFolder(place)) return readGitFolder(place);
  const stack = stackAt(place);
  if (stack !== undefined) return readStack(stack);
  const template = templateAt(place);
  if (template !== undefined) return readArmTemplate(template);
  throw new FactoryError(
    `${place} is no factory: expected is a folder with pipeline/, as Data Factory's git integration writes it, an exported ARM template, or cdktf.out`,
  );
}
