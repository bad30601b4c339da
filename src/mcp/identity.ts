/**
 * Who speaks on one side of the mTLS conversation: a certificate authority and one leaf, made in memory.
 *
 * The authority's key signs the leaf and is gone; it cannot be exported even before that. Only `caPem` ever
 * crosses to the other side (docs/handshake.md).
 *
 * @module
 */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { Secret } from "../domain/secret.ts";

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

const SIGNATURE = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
/** Clocks of a host and its virtual machines differ. */
const BACK_DATED_MS = 5 * 60_000;
const LIFETIME_MS = 30 * 24 * 60 * 60_000;

/** Makes a new identity, valid for 30 days from `now`. */
export async function createIdentity(
  role: McpIdentity["role"],
  now: Date = new Date(),
): Promise<McpIdentity> {
  x509.cryptoProvider.set(crypto);
  const validity = {
    notBefore: new Date(now.getTime() - BACK_DATED_MS),
    notAfter: new Date(now.getTime() + LIFETIME_MS),
  };
  const name = role === "server" ? "Stakpak MCP Server" : "Stakpak MCP Client";
  const authority = await createAuthority(`CN=${name} CA, O=Stakpak`, validity);
  const keys = await crypto.subtle.generateKey(SIGNATURE, true, ["sign", "verify"]);
  const leaf = await x509.X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    subject: `CN=${name}, O=Stakpak`,
    issuer: authority.certificate.subject,
    signingAlgorithm: SIGNATURE,
    signingKey: authority.privateKey,
    publicKey: keys.publicKey,
    extensions: await leafExtensions(role, keys.publicKey, authority.publicKey),
  });
  return {
    role,
    caPem: authority.certificate.toString("pem"),
    certificatePem: leaf.toString("pem"),
    privateKeyPem: new Secret(x509.PemConverter.encode(
      await crypto.subtle.exportKey("pkcs8", keys.privateKey),
      "PRIVATE KEY",
    )),
    notAfter: validity.notAfter,
  };
}

/**
 * The one certificate in `pem`, trimmed. Throws an `Error` whose message says what is wrong ("…: it holds 2
 * certificates, must be 1") unless it is that of an authority. Says nothing about whom it belongs to.
 */
export function readAuthority(pem: string): string {
  const found = pem.match(/-----BEGIN [^-]+-----/g) ?? [];
  if (found.length !== 1) throw new Error(`it holds ${found.length} certificates, must be 1`);
  let authority: boolean;
  try {
    authority = new x509.X509Certificate(pem).getExtension(x509.BasicConstraintsExtension)?.ca ?? false;
  } catch (cause) {
    throw new Error("it is not a certificate in PEM", { cause });
  }
  if (!authority) throw new Error("it is the certificate of a leaf, must be an authority's");
  return pem.trim();
}

async function createAuthority(name: string, validity: { notBefore: Date; notAfter: Date }) {
  const keys = await crypto.subtle.generateKey(SIGNATURE, false, ["sign", "verify"]);
  const { keyCertSign, cRLSign } = x509.KeyUsageFlags;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name,
    signingAlgorithm: SIGNATURE,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, ...keys };
}

async function leafExtensions(
  role: McpIdentity["role"],
  publicKey: CryptoKey,
  authorityKey: CryptoKey,
): Promise<x509.Extension[]> {
  const { serverAuth, clientAuth } = x509.ExtendedKeyUsage;
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([role === "server" ? serverAuth : clientAuth], true),
    await x509.AuthorityKeyIdentifierExtension.create(authorityKey),
    await x509.SubjectKeyIdentifierExtension.create(publicKey),
  ];
  if (role === "client") return extensions;
  const names: x509.JsonGeneralNames = [{ type: "dns", value: "localhost" }, {
    type: "ip",
    value: "127.0.0.1",
  }];
  return [...extensions, new x509.SubjectAlternativeNameExtension(names)];
}

/** 16 random bytes as hex; the first is neither zero nor negative, so that DER writes them as they are. */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = bytes[0]! & 0x7f | 0x01;
  return bytes.toHex();
}
