/**
 * DER, as far as our own certificates need it: each function gives one encoded value, whole.
 *
 * @module
 */

type Bytes = Uint8Array<ArrayBuffer>;

/** @param tag one byte; the forms of ITU-T X.690 with more are not needed */
export function tagged(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  const content = joined(parts);
  return joined([new Uint8Array([tag, ...lengthOf(content)]), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Bytes {
  return tagged(0x30, ...parts);
}

/** Of one member only: more would have to be sorted. */
export function setOf(member: Uint8Array): Bytes {
  return tagged(0x31, member);
}

/** @param magnitude an unsigned number, the highest byte first */
export function integer(magnitude: Uint8Array): Bytes {
  const first = magnitude.findIndex((byte) => byte !== 0);
  const shortest = first < 0 ? new Uint8Array(1) : magnitude.subarray(first);
  // A set highest bit would make it negative.
  return shortest[0]! < 0x80 ? tagged(0x02, shortest) : tagged(0x02, new Uint8Array(1), shortest);
}

/** The only value that is ever written: DER leaves out what is the default. */
export const TRUE: Bytes = new Uint8Array([0x01, 0x01, 0xff]);

/** @param name `1.2.840.10045.4.3.2` */
export function objectId(name: string): Bytes {
  const [top, second, ...rest] = name.split(".").map(Number);
  return tagged(0x06, new Uint8Array([40 * top! + second!, ...rest.flatMap(base128)]));
}

export function utf8(text: string): Bytes {
  return tagged(0x0c, new TextEncoder().encode(text));
}

export function octets(content: Uint8Array): Bytes {
  return tagged(0x04, content);
}

/** @param unused bits at the end that do not count; they are zero */
export function bits(content: Uint8Array, unused = 0): Bytes {
  return tagged(0x03, new Uint8Array([unused]), content);
}

/** To the second, rounded down. From 2050 on the longer form, as RFC 5280 §4.1.2.5 wants it. */
export function time(date: Date): Bytes {
  const digits = date.toISOString().replace(/\.\d+|\D/g, "");
  const [tag, text] = date.getUTCFullYear() < 2050 ? [0x17, digits.slice(2)] : [0x18, digits];
  return tagged(tag!, new TextEncoder().encode(`${text}Z`));
}

function lengthOf({ length }: Uint8Array): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 0x100)) bytes.unshift(rest % 0x100);
  return [0x80 | bytes.length, ...bytes];
}

function base128(number: number): number[] {
  const digits = [number % 0x80];
  for (let rest = Math.floor(number / 0x80); rest > 0; rest = Math.floor(rest / 0x80)) {
    digits.unshift(0x80 | rest % 0x80);
  }
  return digits;
}

function joined(parts: readonly Uint8Array[]): Bytes {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
