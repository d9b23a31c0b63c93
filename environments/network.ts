import { z } from "zod";
import { group } from "./allowed";

/** An IPv4 block: its first and last address as numbers, and the length of its prefix in bits. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** Reads `10.0.0.0/16`; nothing when it is not a block in that notation or has bits beyond its prefix. */
export function parseBlock(text: unknown): Block | undefined {
  const parts = typeof text === "string" ? /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(text) : null;
  if (!parts || parts.slice(1).some((part) => /^0\d/.test(part))) return undefined;
  const [a, b, c, d, prefix] = parts.slice(1).map(Number) as [number, number, number, number, number];
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

const cidr = (largest: number, smallest: number) => {
  const allowed = `an IPv4 block from /${largest} to /${smallest} without host bits, such as 10.0.0.0/${smallest}`;
  return z.string(allowed).refine((text) => {
    const block = parseBlock(text);
    return block !== undefined && block.prefix >= largest && block.prefix <= smallest;
  }, allowed);
};

/** The virtual network that the workspace is injected into; IPv4 blocks in CIDR notation. */
export const network = group({
  /** From /16 to /24. Source: Azure Databricks, "Deploy in your Azure virtual network". */
  addressSpace: cidr(16, 24),
  /** Host subnet, /26 or larger: one address for each cluster node; Azure keeps five. */
  publicSubnet: cidr(16, 26),
  /** Container subnet, /26 or larger. */
  privateSubnet: cidr(16, 26),
}).superRefine(
  (blocks, context) => {
    const report = (property: string, message: string) =>
      context.addIssue({ code: "custom", path: [property], message });
    const space = parseBlock(blocks?.addressSpace);
    const publicSubnet = parseBlock(blocks?.publicSubnet);
    const privateSubnet = parseBlock(blocks?.privateSubnet);
    for (const [property, subnet] of Object.entries({ publicSubnet, privateSubnet })) {
      if (space && subnet && (subnet.first < space.first || subnet.last > space.last))
        report(property, `a block inside the address space ${blocks.addressSpace}`);
    }
    if (publicSubnet && privateSubnet) {
      const apart = publicSubnet.last < privateSubnet.first || privateSubnet.last < publicSubnet.first;
      if (!apart) report("privateSubnet", `a block that does not overlap the public subnet ${blocks.publicSubnet}`);
    }
  },
  { when: () => true },
);
