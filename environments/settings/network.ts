import { z } from "zod";
import { flag, group, oneOf } from "./allowed";
import { cidr, contains, overlap, parseBlock, publicAddress } from "./block";

const SUBNETS = ["publicSubnet", "privateSubnet", "endpointSubnet"] as const;

const standing = '"inside", or a list of public IPv4 addresses such as 203.0.113.7 or of their blocks';

const deployer = z.union([z.literal("inside"), z.array(publicAddress()).min(1, standing).readonly()], standing);

/** The virtual network that the workspace is injected into, and who can reach what stands in it; IPv4 blocks in CIDR notation. */
export const network = group({
  /** From /16 to /24. Source: Azure Databricks, "Deploy in your Azure virtual network". */
  addressSpace: cidr(16, 24),
  /** Host subnet, /26 or larger: one address for each cluster node; Azure keeps five. */
  publicSubnet: cidr(16, 26),
  /** Container subnet, /26 or larger. */
  privateSubnet: cidr(16, 26),
  /** Subnet of the private endpoints, /27 or larger; also made where access is public, so that going private finds its place. */
  endpointSubnet: cidr(16, 27),
  /**
   * `public`: storage, workspace and factory are reached over the internet by whoever signs in. `private`: by private endpoints only,
   * and the factory enters the workspace from a network that Azure manages. Changing it replaces nothing. Default: private.
   */
  access: oneOf(["public", "private"]).default("private"),
  /**
   * Where the deployer stands when access is private: inside the network (or one that reaches it and resolves its names), or outside,
   * at public addresses that storage and workspace then let in. A machine in the same Azure region must stand inside: the storage firewall
   * does not see its public address. Not used where access is public. No default.
   */
  deployer: deployer.optional(),
  /**
   * Closes the storage account that Databricks makes for the workspace, where access is private, and opens private endpoints to it: clusters
   * do not start without a way there. With false its firewall stays off. Default: true.
   */
  rootStorageEndpoints: flag().default(true),
  /**
   * The endpoint at which browsers sign in to workspaces, of which a region's private DNS zone takes one: false in all but one of the
   * environments that share a zone. Default: true, because every environment has zones of its own.
   */
  browserAuthentication: flag().default(true),
}).superRefine(
  (settings, context) => {
    const report = (property: string, message: string) =>
      context.addIssue({ code: "custom", path: [property], message });
    const space = parseBlock(settings?.addressSpace);
    SUBNETS.forEach((property, index) => {
      const subnet = parseBlock(settings?.[property]);
      if (!subnet) return;
      if (space && !contains(space, subnet))
        report(property, `a block inside the address space ${settings.addressSpace}`);
      for (const earlier of SUBNETS.slice(0, index)) {
        const other = parseBlock(settings[earlier]);
        if (other && overlap(subnet, other))
          report(property, `a block that does not overlap ${earlier}, which is ${settings[earlier]}`);
      }
    });
    if ((settings?.access ?? "private") === "private" && settings?.deployer === undefined)
      report("deployer", `${standing}, where network.access is private`);
  },
  { when: () => true },
);

/** Whether storage and workspace let nobody in from outside, not even the deployer. */
export function isClosed({ access, deployer }: z.output<typeof network>): boolean {
  return access === "private" && deployer === "inside";
}

/** Whether the storage account that Databricks makes for the workspace is entered by private endpoints only. */
export function closesRootStorage({ access, rootStorageEndpoints }: z.output<typeof network>): boolean {
  return access === "private" && rootStorageEndpoints;
}

/** Public addresses that are let in where access is private. */
export function lettingIn({ access, deployer }: z.output<typeof network>): readonly string[] {
  return access === "private" && Array.isArray(deployer) ? deployer : [];
}
