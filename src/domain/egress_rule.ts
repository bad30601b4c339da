/**
 * One line of `[sandbox].egress`: where a box may connect to.
 *
 * A name is matched as it was asked for, before it is resolved. An address or a network also opens what is closed to
 * every name: this host, private networks. `*.example.org` includes `example.org`, as the same words do among
 * Deno's own grants, which are made of these rules.
 *
 * @module
 */
import { addressBits, isMetadataAddress } from "./address_class.ts";

export type EgressRule =
  | {
    readonly kind: "name";
    /** In lower case, without `*.`. */
    readonly name: string;
    /** Whether names below it are meant, too. */
    readonly below: boolean;
    readonly port: number;
  }
  | {
    readonly kind: "network";
    /** The network's own bits: `10.1.0.0/16` has 16. */
    readonly bits: string;
    /** Of an address in it: 32 or 128. */
    readonly width: number;
    readonly port: number;
    /** As grants write it: `10.1.0.0/16`, `[fd12::1]`. */
    readonly written: string;
  };

const WANTED = '"github.com:443", "*.example.org:443" or "10.1.0.0/16:5432"';
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const MAX_NAME = 253;

/** The rule that `text` means, or what is wrong with it: completes "egress[0] is VALUE, …". */
export function parseEgressRule(text: string): EgressRule | string {
  const [, host, digits] = /^(\[[0-9a-f:.]+\](?:\/\d{1,3})?|[^:\s]+):(\d{1,5})$/i.exec(text) ?? [];
  if (host === undefined) return `must be HOST:PORT such as ${WANTED}`;
  const port = Number(digits);
  if (port < 1 || port > 65_535) return "must have a port from 1 to 65535";
  const [, v6, v4, size] = /^(?:\[(.*)\]|(\d+(?:\.\d+){3}))(?:\/(\d+))?$/.exec(host) ?? [];
  if (v6 !== undefined || v4 !== undefined) return network(v6 ?? v4!, v6 !== undefined, size, port);
  const name = host.toLowerCase().replace(/^\*\./, "");
  if (!isHostName(name)) return `must have a host name or an address, such as ${WANTED}`;
  return { kind: "name", name, below: host.startsWith("*."), port };
}

function network(
  address: string,
  isV6: boolean,
  size: string | undefined,
  port: number,
): EgressRule | string {
  const bits = addressBits(address);
  if (bits === undefined || isV6 !== (bits.length === 128)) return "must have an IP address";
  const length = size === undefined ? bits.length : Number(size);
  if (length > bits.length) return `must have at most ${bits.length} bits of network`;
  if (isV6 && length < 128) return "must name one IPv6 address such as [2001:db8::1]:443, not a network";
  if (bits.includes("1", length)) return `must be a network: the bits behind /${length} must be 0`;
  if (length === bits.length && isMetadataAddress(address)) return "must not be a cloud metadata address";
  const written = isV6 ? `[${address}]` : length === 32 ? address : `${address}/${length}`;
  return { kind: "network", bits: bits.slice(0, length), width: bits.length, port, written };
}

/** Whether `text` is a DNS name, not a way of writing an address: `127.1`, `0x7f000001`. */
export function isHostName(text: string): boolean {
  const labels = text.toLowerCase().split(".");
  return text.length <= MAX_NAME && labels.every((label) => LABEL.test(label)) &&
    !/^(\d+|0x[0-9a-f]*)$/.test(labels.at(-1)!);
}

/** Whether a rule lets through what was asked for, by name or by address. `host` is in lower case. */
export function ruleCovers(rule: EgressRule, host: string, port: number): boolean {
  if (rule.port !== port) return false;
  if (rule.kind === "network") return ruleHolds(rule, host, port);
  return host === rule.name || rule.below && host.endsWith(`.${rule.name}`);
}

/** Whether a rule names the network that a connected address is in. */
export function ruleHolds(rule: EgressRule, address: string, port: number): boolean {
  if (rule.kind !== "network" || rule.port !== port) return false;
  const bits = addressBits(address);
  return bits?.length === rule.width && bits.startsWith(rule.bits);
}

/** Whether all that `narrow` lets through `wide` does, too. */
export function ruleIncludes(wide: EgressRule, narrow: EgressRule): boolean {
  if (wide.port !== narrow.port || wide.kind !== narrow.kind) return false;
  if (narrow.kind === "name") {
    return ruleCovers(wide, narrow.name, narrow.port) && (!narrow.below || isBelow(wide));
  }
  return wide.kind === "network" && wide.width === narrow.width && narrow.bits.startsWith(wide.bits);
}

function isBelow(rule: EgressRule): boolean {
  return rule.kind === "name" && rule.below;
}

/** A rule in its one way of writing, which is also how a Deno grant is written. */
export function ruleText(rule: EgressRule): string {
  const host = rule.kind === "network" ? rule.written : `${rule.below ? "*." : ""}${rule.name}`;
  return `${host}:${rule.port}`;
}
