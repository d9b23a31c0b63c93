import { z } from "zod";
import { group, text } from "./allowed";

const subjects = () =>
  z
    .array(text(/^\S(.{0,598}\S)?$/, "a subject of 1 to 600 characters"), "a list of subjects")
    .min(1, "a list of at least one subject")
    .max(20, "at most 20 subjects, Azure's limit for an identity")
    .readonly();

/**
 * Whose tokens stand for the identities that deploy and plan, so that no pipeline has a secret. Issuer and subject are what the pipeline's
 * service puts into its tokens. Source: Microsoft Entra, "Workload identity federation".
 */
export const federation = group({
  /** Such as `https://token.actions.githubusercontent.com`, or the one that an Azure DevOps service connection shows. */
  issuer: text(/^https:\/\/[^\s/?#]+(\/[^\s?#]*)?$/, "an https address without a query"),
  /** Default: what Entra asks for. */
  audience: text(/^\S+$/, "a text without spaces").default("api://AzureADTokenExchange"),
  /** Of the runs that may deploy, such as those of one protected environment. */
  deployer: subjects(),
  /** Of the runs that may only plan, such as those of pull requests. */
  planner: subjects(),
}).superRefine(
  (settings, context) => {
    const owners = new Map<string, string>();
    for (const identity of ["deployer", "planner"] as const) {
      const list = settings?.[identity];
      if (!Array.isArray(list)) continue;
      list.forEach((subject: string, index) => {
        const owner = owners.get(subject);
        owners.set(subject, owner ?? `${identity}.${index}`);
        if (owner !== undefined)
          context.addIssue({
            code: "custom",
            path: [identity, index],
            message: `a value other than federation.${owner}: a subject stands for one identity`,
          });
      });
    }
  },
  { when: () => true },
);
