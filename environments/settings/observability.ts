import { z } from "zod";
import { flag, group, text, whole } from "./allowed";

const email = text(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/, "an e-mail address");

const amount = () => {
  const allowed = "an amount above 0 for a month, in the currency of the subscription";
  return z.number(allowed).positive(allowed);
};

const share = () => {
  const allowed = "a share from 0 to below 1";
  return z.number(allowed).min(0, allowed).lt(1, allowed);
};

/** What operators see and are told. */
export const observability = group({
  /** Whether alerts and budgets write to somebody; logs are kept either way. Default: true. */
  alerts: flag().default(true),
  /** Whom they write to; at least one address where alerts are on. Default: nobody. */
  emails: z
    .array(email, "a list of e-mail addresses")
    .refine((emails) => new Set(emails).size === emails.length, "a list of e-mail addresses, each once")
    .readonly()
    .default([]),
  /**
   * Hours without a successful scoring run until the alert: 2 to 47, more than `scoring.catchUpEveryHours`, because a run takes
   * its time. Default: 26. Source of the upper bound: Azure Monitor's log alerts look back two days at most.
   */
  noScoringHours: whole(2, 47, "hours").default(26),
  /** Rows set aside among the rows of one run, above which there is an alert; 0 to below 1. Default: 0.05. */
  quarantineShare: share().default(0.05),
  /**
   * Minutes from landing to prediction; there is an alert if more than 5 % of the files of a run waited longer. 15 to 2880.
   * Default: 120, for a cluster that starts, an earlier run and a retry. Below `scoring.catchUpEveryHours` it also tells of
   * files that came without an event. Less than 15 is the start of a cluster.
   */
  freshnessMinutes: whole(15, 2880, "minutes").default(120),
  /** Days that logs are kept, 30 to 730. Default: 30. Source: Log Analytics' interactive retention. */
  logRetentionDays: whole(30, 730, "days").default(30),
  /** Monthly budgets, in the currency of the subscription. No defaults: they are your money. */
  budget: group({
    /** Whether there are any. Default: true. False where the subscription's offer has none, which `npm run preflight` tells. */
    enabled: flag().default(true),
    /** Of the environment's own resource group: storage, factory, network, logs, and Databricks' units. */
    resourceGroup: amount(),
    /** Of the workspace's managed resource group, where the cluster's machines and disks are billed. */
    managedResourceGroup: amount(),
  }),
}).superRefine(
  (settings, context) => {
    if (settings?.alerts && Array.isArray(settings.emails) && settings.emails.length === 0)
      context.addIssue({
        code: "custom",
        path: ["emails"],
        message: "at least one e-mail address where observability.alerts is true",
      });
  },
  { when: () => true },
);
