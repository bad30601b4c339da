/**
 * X.509 certificates of the four kinds that the mTLS conversation has: an authority and a leaf, of a client and of
 * a server (docs/handshake.md). ECDSA on P-256 with SHA-256.
 *
 * @module
 */
import { bits, integer, objectId, octets, sequence, setOf, tagged, time, TRUE, utf8 } from "./der.ts";

/** For `crypto.subtle`. */
export const ECDSA_P256 = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

export interface CertificateParts {
  /** The common names; everybody's organisation is Stakpak. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Of the subject. */
  readonly publicKey: CryptoKey;
  readonly extensions: readonly Uint8Array[];
  /** The issuer's; need not be extractable. */
  readonly signingKey: CryptoKey;
}

/** Makes and signs a certificate with a random serial number. PEM, without a newline at its end. */
export async function createCertificate(parts: CertificateParts): Promise<string> {
  const { subject, issuer, notBefore, notAfter, publicKey, extensions, signingKey } = parts;
  const algorithm = sequence(objectId("1.2.840.10045.4.3.2"));
  const body = sequence(
    tagged(0xa0, integer(new Uint8Array([2]))),
    integer(serialNumber()),
    algorithm,
    nameOf(issuer),
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject),
    await spkiOf(publicKey),
    tagged(0xa3, sequence(...extensions)),
  );
  const signature = new Uint8Array(await crypto.subtle.sign(ECDSA_P256, signingKey, body));
  // WebCrypto gives both numbers at their full length, one behind the other.
  const numbers = sequence(integer(signature.subarray(0, 32)), integer(signature.subarray(32)));
  return toPem("CERTIFICATE", sequence(body, algorithm, bits(numbers)));
}

/** PEM in lines of 64 characters, without a newline at its end. */
export function toPem(label: string, der: Uint8Array): string {
  const lines = der.toBase64().match(/.{1,64}/g)!.join("\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----`;
}

/** An authority that may sign leaves and no further authorities. */
export function authorityConstraints(): Uint8Array {
  return extension("2.5.29.19", sequence(TRUE, integer(new Uint8Array([0]))), "critical");
}

export function leafConstraints(): Uint8Array {
  return extension("2.5.29.19", sequence(), "critical");
}

/** keyCertSign and cRLSign, or digitalSignature. */
export function keyUsage(of: "authority" | "leaf"): Uint8Array {
  const [byte, unused] = of === "authority" ? [0b00000110, 1] : [0b10000000, 7];
  return extension("2.5.29.15", bits(new Uint8Array([byte!]), unused), "critical");
}

export function extendedKeyUsage(of: "client" | "server"): Uint8Array {
  const purpose = objectId(of === "server" ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2");
  return extension("2.5.29.37", sequence(purpose), "critical");
}

/** localhost and 127.0.0.1. */
export function localNames(): Uint8Array {
  const localhost = tagged(0x82, new TextEncoder().encode("localhost"));
  return extension("2.5.29.17", sequence(localhost, tagged(0x87, new Uint8Array([127, 0, 0, 1]))));
}

export async function subjectKeyId(key: CryptoKey): Promise<Uint8Array> {
  return extension("2.5.29.14", octets(await keyId(key)));
}

export async function authorityKeyId(key: CryptoKey): Promise<Uint8Array> {
  return extension("2.5.29.35", sequence(tagged(0x80, await keyId(key))));
}

function extension(name: string, value: Uint8Array, critical?: "critical"): Uint8Array {
  return sequence(objectId(name), ...critical ? [TRUE] : [], octets(value));
}

/** SHA-1 only tells keys apart here. Source: RFC 5280 §4.2.1.2. */
async function keyId(key: CryptoKey): Promise<Uint8Array> {
  const point = (await spkiOf(key)).subarray(-POINT_BYTES);
  return new Uint8Array(await crypto.subtle.digest("SHA-1", point));
}

/** An uncompressed point of P-256: what an SPKI ends with. */
const POINT_BYTES = 65;

async function spkiOf(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey("spki", key));
}

function nameOf(commonName: string): Uint8Array {
  const attribute = (name: string, value: string) => setOf(sequence(objectId(name), utf8(value)));
  return sequence(attribute("2.5.4.3", commonName), attribute("2.5.4.10", "Stakpak"));
}

/** 16 bytes, of which the first is not zero. */
function serialNumber(): Uint8Array {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = bytes[0]! & 0x7f | 0x01;
  return bytes;
}
