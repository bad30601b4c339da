/**
 * Which addresses anyone on the internet may have. The others reach this machine, its network, or nobody: a
 * request that a model asked for must not.
 *
 * @module
 */

/** IANA's special-purpose registry, what of it is not globally reachable, with multicast and what is reserved. */
const NOT_PUBLIC_V4: readonly (readonly [address: string, bits: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/** Within 2000::/3, the only part of IPv6 that is given out. 6to4 and Teredo lead to an IPv4 address inside. */
const NOT_PUBLIC_V6: readonly (readonly [address: string, bits: number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

/** Whether an IP address, as text, is a public one. What is no address is not. */
export function isPublicAddress(text: string): boolean {
  const v4 = bitsOfV4(text);
  if (v4 !== undefined) {
    return !NOT_PUBLIC_V4.some(([from, bits]) => v4.startsWith(bitsOfV4(from)!.slice(0, bits)));
  }
  const v6 = bitsOfV6(text);
  if (v6 === undefined) return false;
  const mapped = `${"0".repeat(80)}${"1".repeat(16)}`;
  if (v6.startsWith(mapped)) {
    const inner = v6.slice(96).match(/.{8}/g)!.map((byte) => parseInt(byte, 2)).join(".");
    return isPublicAddress(inner);
  }
  return v6.startsWith("001") &&
    !NOT_PUBLIC_V6.some(([from, bits]) => v6.startsWith(bitsOfV6(from)!.slice(0, bits)));
}

function bitsOfV4(text: string): string | undefined {
  const parts = text.split(".");
  const isByte = (part: string) => /^\d{1,3}$/.test(part) && Number(part) < 256;
  if (parts.length !== 4 || !parts.every(isByte)) return undefined;
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bitsOfV6(text: string): string | undefined {
  const [address] = text.split("%");
  try {
    // The parser of addresses in URLs knows every way of writing them, and gives one.
    const [head, tail] = new URL(`http://[${address}]/`).hostname.slice(1, -1).split("::");
    const groups = (part: string | undefined) => part ? part.split(":") : [];
    const [left, right] = [groups(head), groups(tail)];
    const middle = Array.from({ length: 8 - left.length - right.length }, () => "0");
    return [...left, ...middle, ...right].map((group) => parseInt(group, 16).toString(2).padStart(16, "0"))
      .join("");
  } catch {
    return undefined;
  }
}
