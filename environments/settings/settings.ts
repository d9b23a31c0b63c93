import { z } from "zod";
import { access } from "./access";
import { flag, group, oneOf, text } from "./allowed";
import { cluster } from "./cluster";
import { costs } from "./costs";
import { data } from "./data";
import { federation } from "./federation";
import { locations, zoneRedundant } from "./locations";
import { parseBlock } from "./block";
import { network } from "./network";
import { observability } from "./observability";
import { scoring } from "./scoring";
import { storage } from "./storage";
import { policyTags, tags } from "./tags";
import { training } from "./training";

/** Where Terraform's state is kept, each environment's in an account of its own. It exists before the first deployment and is opened with Entra identities, never keys. */
const state = group({
  /** 1 to 90 characters. Source of the three: Azure, "Naming rules and restrictions for Azure resources". */
  resourceGroupName: text(/^[\w().-]{0,89}[\w()-]$/, "1 to 90 letters, digits, _ ( ) - or ., no . at the end"),
  /** 3 to 24 characters, unique across Azure. */
  storageAccountName: text(/^[a-z0-9]{3,24}$/, "3 to 24 lower-case letters or digits"),
  /** 3 to 63 characters. */
  containerName: text(
    /^(?!(plans|releases)$)(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
    "3 to 63 lower-case letters, digits or single -, neither plans nor releases, which are beside it",
  ),
});

const workspace = group({
  /** Default: premium, the only tier left; Unity Catalog and cluster policies need it. */
  sku: z.literal("premium", "premium; Azure retired the standard tier").default("premium"),
});

const dataFactory = group({
  /**
   * Makes the factory's identity Contributor of the workspace, hence its admin, as Microsoft documents for managed identities.
   * With false it is a plain member with rights to its cluster, notebooks and catalog. Default: true.
   */
  workspaceContributor: flag().default(true),
});

/** What one environment decides. */
export const environmentSettings = group({
  /** First part of the stacks' names and a part of every resource's; one file each. */
  name: text(/^[a-z][a-z0-9]{1,7}$/, "2 to 8 lower-case letters or digits, a letter first"),
  /** Name of the environment that an artifact must have passed before it comes here. Default: none, it comes right after the build. */
  promotedAfter: z.string("the name of another environment").optional(),
  /** Azure region of every resource, as Azure spells it; see `locations`. */
  location: oneOf(locations),
  /** Project in resource names. */
  project: text(/^[a-z][a-z0-9]{1,19}$/, "2 to 20 lower-case letters or digits, a letter first"),
  /** A part of every resource's name: environments of the same name, in other regions or subscriptions too, differ by it. */
  suffix: text(/^[a-z0-9]{3,6}$/, "3 to 6 lower-case letters or digits"),
  tags,
  policyTags,
  state,
  /** Default: none, people deploy. */
  federation: federation.optional(),
  network,
  workspace: workspace.prefault({}),
  cluster,
  access: access.prefault({}),
  storage: storage.prefault({}),
  dataFactory: dataFactory.prefault({}),
  data: data.prefault({}),
  training,
  costs: costs.prefault({}),
  scoring: scoring.prefault({}),
  observability,
  /**
   * Keeps what holds data: Terraform plans no destruction of workspace, storage account, catalog and logs, and locks make Azure
   * refuse to delete the workspace and the lake's containers. Default: true.
   */
  protect: flag().default(true),
}).superRefine(
  (settings, context) => {
    const nodes = settings?.cluster?.maxWorkers + 1;
    for (const property of ["publicSubnet", "privateSubnet"] as const) {
      const block = parseBlock(settings?.network?.[property]);
      const addresses = block && block.last - block.first + 1 - 5;
      if (addresses && nodes > addresses)
        context.addIssue({
          code: "custom",
          path: ["cluster", "maxWorkers"],
          message: `at most ${addresses - 1} workers and a driver in network.${property}`,
        });
    }
    const report = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    const { location, storage, data, scoring, observability, tags, policyTags } = settings ?? {};
    const own = [...Object.keys(tags ?? {}), "project", "environment", "managed-by"].map((name) => name.toLowerCase());
    (Array.isArray(policyTags) ? policyTags : []).forEach((name, index) => {
      if (own.includes(String(name).toLowerCase()))
        report(["policyTags", String(index)], "a tag that the environment does not set itself");
    });
    if (observability?.noScoringHours <= scoring?.catchUpEveryHours)
      report(
        ["observability", "noScoringHours"],
        `more than scoring.catchUpEveryHours, which is ${scoring.catchUpEveryHours}`,
      );
    const acrossZones = String(storage?.replication).includes("ZRS");
    if (acrossZones && locations.includes(location) && !zoneRedundant.has(location))
      report(
        ["storage", "replication"],
        `LRS, GRS or RAGRS in ${location}, where storage has no copies in other zones`,
      );
    if (storage?.archiveAfterDays === undefined) return;
    const soonest = Math.max(storage.coolAfterDays, data?.lookBackDays);
    if (storage.archiveAfterDays <= soonest)
      report(
        ["storage", "archiveAfterDays"],
        `more than storage.coolAfterDays and data.lookBackDays, which are ${storage.coolAfterDays} and ${data.lookBackDays}`,
      );
    if (acrossZones)
      report(
        ["storage", "archiveAfterDays"],
        `none with ${storage.replication}: Azure archives in LRS, GRS and RAGRS only`,
      );
  },
  { when: () => true },
);

/** A valid environment with its defaults filled in. */
export type EnvironmentSettings = z.output<typeof environmentSettings>;

/** What an environment's file states. */
export type EnvironmentLiteral = z.input<typeof environmentSettings>;
