import { z } from "zod";

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
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

export const overlap = (one: Block, other: Block) => one.first <= other.last && other.first <= one.last;

export const contains = (outer: Block, inner: Block) => outer.first <= inner.first && inner.last <= outer.last;

/** A block whose prefix has from `largest` to `smallest` bits. */
export const cidr = (largest: number, smallest: number) => {
  const allowed = `an IPv4 block from /${largest} to /${smallest} without host bits, such as 10.0.0.0/${smallest}`;
  return z.string(allowed).refine((text) => {
    const block = parseBlock(text);
    return block !== undefined && block.prefix >= largest && block.prefix <= smallest;
  }, allowed);
};

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16", "127.0.0.0/8"];

/** What a firewall of a storage account takes: an address by itself, or a block of at least four. Source: Azure Storage. */
export const publicAddress = () => {
  const allowed = "a public IPv4 address such as 203.0.113.7, or a block from /8 to /30 of such, without host bits";
  return z.string(allowed).refine((text) => {
    const block = parseBlock(text.includes("/") ? text : `${text}/32`);
    if (!block || (text.includes("/") && (block.prefix < 8 || block.prefix > 30))) return false;
    return !PRIVATE.some((reserved) => overlap(block, parseBlock(reserved)!));
  }, allowed);
};
