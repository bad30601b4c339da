/**
 * Certificates as others make them, and as nobody should: for tests of who is let in.
 *
 * @module
 */
import "reflect-metadata";
import * as x509 from "@peculiar/x509";

export interface MadeIdentity {
  readonly caPem: string;
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface Odd {
  /** Absent: no extended usage at all, as the Rust side has it. */
  readonly extended?: "serverAuth" | "clientAuth";
  /** Absent: none. */
  readonly names?: x509.JsonGeneralNames;
  /** Absent: unlimited, as the Rust side has it. */
  readonly pathLength?: number;
  readonly from?: Date;
  readonly to?: Date;
  readonly commonName?: string;
}

const SIGNATURE = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;

export const LOCAL_NAMES: x509.JsonGeneralNames = [
  { type: "dns", value: "localhost" },
  { type: "ip", value: "0.0.0.0" },
  { type: "ip", value: "127.0.0.1" },
];

/** An authority and a leaf; with nothing odd, as rcgen makes them for the Rust side's client. */
export async function makeIdentity(odd: Odd = {}): Promise<MadeIdentity> {
  x509.cryptoProvider.set(crypto);
  const { commonName = "Stakpak MCP Client" } = odd;
  const validity = {
    notBefore: odd.from ?? new Date(Date.now() - 60_000),
    notAfter: odd.to ?? new Date(Date.now() + 365 * DAY_MS),
    signingAlgorithm: SIGNATURE,
  };
  const [caKeys, keys] = await Promise.all(
    [1, 2].map(() => crypto.subtle.generateKey(SIGNATURE, true, ["sign", "verify"])),
  );
  const { digitalSignature, keyCertSign, cRLSign, keyEncipherment } = x509.KeyUsageFlags;
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    // Only the leaf is out of date, where one is.
    notBefore: new Date(Date.now() - 400 * DAY_MS),
    notAfter: new Date(Date.now() + 400 * DAY_MS),
    name: `CN=${commonName} CA, O=Stakpak`,
    keys: caKeys!,
    extensions: [
      new x509.BasicConstraintsExtension(true, odd.pathLength, true),
      new x509.KeyUsagesExtension(digitalSignature | keyCertSign | cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(caKeys!.publicKey),
    ],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: `CN=${commonName}, O=Stakpak`,
    issuer: ca.subject,
    publicKey: keys!.publicKey,
    signingKey: caKeys!.privateKey,
    extensions: [
      new x509.KeyUsagesExtension(digitalSignature | keyEncipherment, true),
      ...(odd.extended
        ? [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[odd.extended]], true)]
        : []),
      ...(odd.names ? [new x509.SubjectAlternativeNameExtension(odd.names)] : []),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey("pkcs8", keys!.privateKey);
  return {
    caPem: ca.toString("pem"),
    certificatePem: leaf.toString("pem"),
    keyPem: x509.PemConverter.encode(pkcs8, "PRIVATE KEY"),
  };
}

export const EXPIRED: Odd = { from: new Date(Date.now() - 9 * DAY_MS), to: new Date(Date.now() - DAY_MS) };
export const NOT_YET: Odd = { from: new Date(Date.now() + DAY_MS), to: new Date(Date.now() + 9 * DAY_MS) };
