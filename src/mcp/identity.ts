/**
 * Who speaks on one side of the mTLS conversation: a certificate authority and one leaf, made in memory.
 *
 * The authority's key signs the leaf and is gone; it cannot be exported even before that. Only `caPem` ever
 * crosses to the other side (docs/handshake.md).
 *
 * @module
 */
import { X509Certificate } from "node:crypto";
import { Secret } from "../domain/secret.ts";
import {
  authorityConstraints,
  authorityKeyId,
  createCertificate,
  ECDSA_P256,
  extendedKeyUsage,
  keyUsage,
  leafConstraints,
  localNames,
  subjectKeyId,
  toPem,
} from "./certificate.ts";

/** One side of the mTLS conversation. Only `caPem` may leave this process. */
export interface McpIdentity {
  readonly role: "client" | "server";
  /** The authority's certificate, PEM. Public. */
  readonly caPem: string;
  /** The leaf that is shown to the other side, PEM. */
  readonly certificatePem: string;
  /** The leaf's key, PEM (PKCS #8). */
  readonly privateKeyPem: Secret;
  /** When the certificates end; a box is renewed by a respawn before that. */
  readonly notAfter: Date;
}

/** Clocks of a host and its virtual machines differ. */
const BACK_DATED_MS = 5 * 60_000;
const LIFETIME_MS = 30 * 24 * 60 * 60_000;

/** Makes a new identity, valid for 30 days from `now`. */
export async function createIdentity(
  role: McpIdentity["role"],
  now: Date = new Date(),
): Promise<McpIdentity> {
  const validity = {
    notBefore: new Date(now.getTime() - BACK_DATED_MS),
    notAfter: new Date(now.getTime() + LIFETIME_MS),
  };
  const subject = role === "server" ? "Stakpak MCP Server" : "Stakpak MCP Client";
  const issuer = `${subject} CA`;
  const authority = await createKeys("not extractable");
  const keys = await createKeys();
  const caPem = await createCertificate({
    ...validity,
    subject: issuer,
    issuer,
    publicKey: authority.publicKey,
    signingKey: authority.privateKey,
    extensions: [authorityConstraints(), keyUsage("authority"), await subjectKeyId(authority.publicKey)],
  });
  const certificatePem = await createCertificate({
    ...validity,
    subject,
    issuer,
    publicKey: keys.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      leafConstraints(),
      keyUsage("leaf"),
      extendedKeyUsage(role),
      await authorityKeyId(authority.publicKey),
      await subjectKeyId(keys.publicKey),
      ...role === "server" ? [localNames()] : [],
    ],
  });
  const privateKey = new Uint8Array(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
  return {
    role,
    caPem,
    certificatePem,
    privateKeyPem: new Secret(toPem("PRIVATE KEY", privateKey)),
    notAfter: validity.notAfter,
  };
}

async function createKeys(secrecy?: "not extractable"): Promise<CryptoKeyPair> {
  return await crypto.subtle.generateKey(ECDSA_P256, secrecy === undefined, ["sign", "verify"]);
}

/**
 * The one certificate in `pem`, trimmed. Throws an `Error` whose message says what is wrong ("…: it holds 2
 * certificates, must be 1") unless it is that of an authority. Says nothing about whom it belongs to.
 */
export function readAuthority(pem: string): string {
  const found = pem.match(/-----BEGIN [^-]+-----/g) ?? [];
  if (found.length !== 1) throw new Error(`it holds ${found.length} certificates, must be 1`);
  const certificate = certificateIn(pem);
  if (!certificate.ca) throw new Error("it is the certificate of a leaf, must be an authority's");
  return pem.trim();
}

function certificateIn(pem: string): X509Certificate {
  try {
    const certificate = new X509Certificate(pem);
    // node passes over what stands around a certificate, and over what is no base64 in it.
    if (isSameText(pem, toPem("CERTIFICATE", certificate.raw))) return certificate;
  } catch (cause) {
    throw new Error("it is not a certificate in PEM", { cause });
  }
  throw new Error("it is not a certificate in PEM");
}

function isSameText(one: string, other: string): boolean {
  return one.replace(/\s/g, "") === other.replace(/\s/g, "");
}
