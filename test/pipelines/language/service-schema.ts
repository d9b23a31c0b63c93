import Ajv from "ajv-draft-04";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(__dirname, "..", "..", "..", "..", "shared", "schemas");

/** Microsoft's schema of Data Factory resources is kept beside the repository, not in it. */
export const schemaIsAbsent = !existsSync(folder);

const factory = "https://schema.management.azure.com/schemas/2018-06-01/Microsoft.DataFactory.json";
const ajv = new Ajv({ strict: false, validateFormats: false });
if (!schemaIsAbsent)
  for (const file of ["definitions.json", "Microsoft.DataFactory.json"])
    ajv.addSchema(JSON.parse(readFileSync(join(folder, file), "utf8")));

/** What Microsoft's schema finds wrong with the properties of a factory's pipeline or trigger, in the REST API's shape. */
export function schemaErrors(kind: "pipelines" | "triggers", name: string, properties: unknown): readonly string[] {
  const validate = ajv.getSchema(`${factory}#/resourceDefinitions/factories_${kind}`);
  if (!validate) throw new Error(`the schema has no factories_${kind}`);
  validate({ type: `Microsoft.DataFactory/factories/${kind}`, apiVersion: "2018-06-01", name, properties });
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
