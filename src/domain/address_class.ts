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

/** What the clouds answer credentials at; nothing may ever lead there. The last ones: Azure, Alibaba, Oracle. */
const METADATA: readonly (readonly [address: string, bits: number])[] = [
  ["169.254.0.0", 16],
  ["fd00:ec2::254", 128],
  ["fd20:ce::254", 128],
  ["168.63.129.16", 32],
  ["100.100.100.200", 32],
  ["192.0.0.192", 32],
];

/** `::ffff:0:0/96`, `64:ff9b::/96`: what stands for an IPv4 address in its last 32 bits. */
const MAPPED = `${"0".repeat(80)}${"1".repeat(16)}`;
const TRANSLATED = bitsOfV6("64:ff9b::")!.slice(0, 96);

/** Whether an IP address, as text, is a public one. What is no address is not. */
export function isPublicAddress(text: string): boolean {
  const bits = addressBits(text);
  if (bits === undefined || isMetadataAddress(text)) return false;
  if (bits.length === 32) return !NOT_PUBLIC_V4.some((network) => isIn(bits, network));
  return bits.startsWith("001") && !NOT_PUBLIC_V6.some((network) => isIn(bits, network));
}

/** Whether a cloud's metadata service answers at an address, also through NAT64. */
export function isMetadataAddress(text: string): boolean {
  const bits = addressBits(text) ?? "";
  const meant = bits.startsWith(TRANSLATED) ? bits.slice(96) : bits;
  return METADATA.some((network) => isIn(meant, network));
}

/** What kind of address it is that is not public: "a private address". */
export function addressKind(text: string): string {
  const bits = addressBits(text) ?? "";
  const among = (...networks: (readonly [string, number])[]) =>
    networks.some((network) => isIn(bits, network));
  if (isMetadataAddress(text)) return "a cloud metadata address";
  if (among(["127.0.0.0", 8], ["0.0.0.0", 8], ["::", 127])) return "a loopback address";
  if (among(["169.254.0.0", 16], ["fe80::", 10])) return "a link-local address";
  if (among(["224.0.0.0", 4], ["ff00::", 8])) return "a multicast address";
  if (among(["10.0.0.0", 8], ["172.16.0.0", 12], ["192.168.0.0", 16], ["100.64.0.0", 10], ["fc00::", 7])) {
    return "a private address";
  }
  return isPublicAddress(text) ? "a public address" : "a reserved address";
}

/** An IP address as 32 or 128 zeros and ones; an IPv4 address in IPv6 clothes as the former. */
export function addressBits(text: string): string | undefined {
  const bits = bitsOfV4(text) ?? bitsOfV6(text);
  return bits?.startsWith(MAPPED) ? bits.slice(96) : bits;
}

function isIn(bits: string, [from, length]: readonly [address: string, bits: number]): boolean {
  const network = addressBits(from)!;
  return network.length === bits.length && bits.startsWith(network.slice(0, length));
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
