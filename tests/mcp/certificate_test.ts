import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import assert from "node:assert/strict";
import { createIdentity, type McpIdentity } from "../../src/mcp/identity.ts";
import { judge, notJudged } from "../probes/judge.ts";
import { test } from "../sanitized.ts";

/** Signatures, serial numbers and keys have a zero or a set bit in front now and then. */
const ROUNDS = 40;
const ROLES = ["client", "server"] as const;

test("every certificate is read by another library, which finds in it what that would have written", async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { caPem, certificatePem } = await createIdentity(ROLES[round % 2]!);
    const [ca, leaf] = [new x509.X509Certificate(caPem), new x509.X509Certificate(certificatePem)];
    assert.ok(await ca.isSelfSigned());
    assert.ok(await leaf.verify({ publicKey: ca, signatureOnly: true }));
    assert.equal(leaf.issuer, ca.subject);
    assert.match(leaf.serialNumber, /^[0-7][0-9a-f]{31}$/);
    for (const certificate of [ca, leaf]) {
      const wanted = await x509.SubjectKeyIdentifierExtension.create(certificate.publicKey);
      const found = certificate.getExtension(x509.SubjectKeyIdentifierExtension)!;
      assert.equal(hex(found.rawData), hex(wanted.rawData));
      assert.equal(certificate.toString("pem"), certificate === ca ? caPem : certificatePem);
    }
    const wanted = await x509.AuthorityKeyIdentifierExtension.create(ca.publicKey);
    assert.equal(hex(leaf.getExtension(x509.AuthorityKeyIdentifierExtension)!.rawData), hex(wanted.rawData));
  }
});

test("openssl verifies every leaf for its purpose, strictly, and for no other", async () => {
  if (!await judge("openssl", ["version"])) return notJudged("openssl is not installed");
  const folder = await Deno.makeTempDir();
  try {
    for (const role of ROLES) {
      await write(folder, await createIdentity(role));
      const purpose = `ssl${role}`;
      assert.match(await verify(folder, purpose), /leaf\.pem: OK$/);
      assert.match(
        await verify(folder, role === "client" ? "sslserver" : "sslclient"),
        /unsuitable certificate purpose/,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("openssl shows a server's leaf with all its extensions, and those that matter critical", async () => {
  if (!await judge("openssl", ["version"])) return notJudged("openssl is not installed");
  const folder = await Deno.makeTempDir();
  try {
    await write(folder, await createIdentity("server", new Date("2026-11-22T12:00:00.999Z")));
    const text = await openssl("x509", "-noout", "-text", "-in", `${folder}/leaf.pem`);
    const wanted = [
      /Version: 3 /,
      /Signature Algorithm: ecdsa-with-SHA256/,
      /Issuer: CN = Stakpak MCP Server CA, O = Stakpak\n/,
      /Not Before: Nov 22 11:55:00 2026 GMT\n\s+Not After : Dec 22 12:00:00 2026 GMT\n/,
      /Subject: CN = Stakpak MCP Server, O = Stakpak\n/,
      /ASN1 OID: prime256v1/,
      /Basic Constraints: critical\n\s+CA:FALSE\n/,
      /Key Usage: critical\n\s+Digital Signature\n/,
      /Extended Key Usage: critical\n\s+TLS Web Server Authentication\n/,
      /Subject Alternative Name: \n\s+DNS:localhost, IP Address:127\.0\.0\.1\n/,
    ];
    for (const pattern of wanted) assert.match(text.replace(/CN=/g, "CN = ").replace(/O=/g, "O = "), pattern);
    const ca = await openssl("x509", "-noout", "-text", "-in", `${folder}/ca.pem`);
    assert.match(ca, /Basic Constraints: critical\n\s+CA:TRUE, pathlen:0\n/);
    assert.match(ca, /Key Usage: critical\n\s+Certificate Sign, CRL Sign\n/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function write(folder: string, { caPem, certificatePem }: McpIdentity): Promise<void> {
  await Deno.writeTextFile(`${folder}/ca.pem`, caPem);
  await Deno.writeTextFile(`${folder}/leaf.pem`, certificatePem);
}

async function verify(folder: string, purpose: string): Promise<string> {
  const files = ["-CAfile", `${folder}/ca.pem`, `${folder}/leaf.pem`];
  return (await openssl("verify", "-x509_strict", "-purpose", purpose, ...files)).trim();
}

async function openssl(...args: readonly string[]): Promise<string> {
  return (await judge("openssl", args))!.said;
}

function hex(data: ArrayBuffer): string {
  return new Uint8Array(data).toHex();
}
