import { z } from "zod";
import { group, oneOf, text } from "./allowed";

/** Groups that every workspace has by itself: Unity Catalog does not know them. */
const LOCAL = ["admins", "users"];

const accountGroup = () => {
  const allowed = `the name of a group of the Databricks account, of 1 to 255 characters, not ${LOCAL.join(" or ")}`;
  return text(/^\S(.{0,253}\S)?$/, allowed).refine((name) => !LOCAL.includes(name), allowed);
};

const producer = group({
  /** In Entra: of an identity its service principal's, not its application id. */
  objectId: z.guid("an object id in Entra, such as 00000000-0000-0000-0000-000000000000"),
  /** ServicePrincipal is a managed identity too. */
  type: oneOf(["ServicePrincipal", "Group", "User"]),
});

/**
 * Who of the people may see and do something, as groups of the Databricks account that somebody has made and assigned to the workspace.
 * They are never made: Entra's groups come from Entra, and `npm run preflight` asks for them. What they get is in docs/permissions.md.
 */
export const access = group({
  /** Read tables, models, notebooks and experiments, and start one small cluster each. Default: nobody. */
  dataScientists: accountGroup().optional(),
  /** See runs and monitoring, restart the pipelines' cluster. Default: nobody. */
  operators: accountGroup().optional(),
  /** Object id of the operators' group in Entra, which gives them the factory's runs to see, cancel and repeat. Default: nobody. */
  operatorsObjectId: z
    .guid("the object id of a group in Entra, such as 00000000-0000-0000-0000-000000000000")
    .optional(),
  /** Who delivers raw files: each may write to the container `landing` and nowhere else. Default: nobody, and keys are off. */
  producers: z.array(producer, "a list of producers").readonly().default([]),
}).superRefine(
  (groups, context) => {
    const ids = Array.isArray(groups?.producers) ? groups.producers.map(({ objectId }) => objectId) : [];
    ids.forEach((objectId, index) => {
      const first = ids.indexOf(objectId);
      if (first < index)
        context.addIssue({
          code: "custom",
          path: ["producers", index, "objectId"],
          message: `a value other than access.producers.${first}.objectId`,
        });
    });
    if (groups?.operators !== undefined && groups.operators === groups.dataScientists)
      context.addIssue({ code: "custom", path: ["operators"], message: "a group other than access.dataScientists" });
  },
  { when: () => true },
);
