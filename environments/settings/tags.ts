import { z } from "zod";
import { text } from "./allowed";

/** What whoever reads a bill or an alert asks first. */
const MANDATORY = ["owner", "costCenter"] as const;

const tagName = () => text(/^[^<>%&\\?/"]{1,128}$/, 'a name of 1 to 128 characters without < > % & \\ ? / "');

/**
 * Names of tags that others put on resources, such as a policy of the subscription: Terraform leaves them. Each is another one than those of
 * `tags`. Default: none, and every deployment takes the tags away that it does not know.
 */
export const policyTags = z.array(tagName(), "a list of names of tags").readonly().default([]);

/**
 * Put on every resource, beside project, environment and managed-by, which are known. `owner` and `costCenter` are mandatory.
 * Source: Azure Resource Manager's limits, names as short as storage wants them.
 */
export const tags = z
  .record(
    text(/^[^<>%&\\?/]{1,128}$/, "a name of 1 to 128 characters without < > % & \\ ? /"),
    text(/^.{1,256}$/, "a text of 1 to 256 characters"),
    "an object of texts, owner and costCenter among them",
  )
  .readonly()
  .superRefine(
    (tags, context) => {
      for (const name of MANDATORY)
        if (tags instanceof Object && !(name in tags))
          context.addIssue({ code: "custom", path: [name], message: "a text of 1 to 256 characters" });
    },
    { when: () => true },
  );
