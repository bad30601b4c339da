import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { deepEqual, doesNotMatch, equal, match, notEqual, ok, throws } from "node:assert/strict";
import { inspect } from "node:util";
import { createIdentity, readAuthority } from "../../src/mcp/identity.ts";
import { test } from "../sanitized.ts";

const NOW = new Date("2026-11-22T12:00:00Z");

function read(pem: string) {
  const certificate = new x509.X509Certificate(pem);
  const usage = certificate.getExtension(x509.ExtendedKeyUsageExtension);
  const constraints = certificate.getExtension(x509.BasicConstraintsExtension)!;
  return {
    certificate,
    constraints: [constraints.ca, constraints.pathLength, constraints.critical],
    usages: certificate.getExtension(x509.KeyUsagesExtension)!.usages,
    extended: usage && [usage.usages, usage.critical],
    names: certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items.map((
      { type, value },
    ) => `${type}:${value}`),
  };
}

test("createIdentity() makes an authority that signs leaves only, and a leaf it has signed", async () => {
  const { caPem, certificatePem } = await createIdentity("server", NOW);
  const [ca, leaf] = [read(caPem), read(certificatePem)];
  deepEqual(ca.constraints, [true, 0, true]);
  equal(ca.usages, x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign);
  deepEqual(leaf.constraints, [false, undefined, true]);
  equal(leaf.usages, x509.KeyUsageFlags.digitalSignature);
  ok(await ca.certificate.isSelfSigned());
  ok(await leaf.certificate.verify({ publicKey: ca.certificate, signatureOnly: true }));
  equal(leaf.certificate.publicKey.algorithm.name, "ECDSA");
  notEqual(leaf.certificate.serialNumber, ca.certificate.serialNumber);
});

test("createIdentity() names the server, and says what each leaf is for", async () => {
  const server = read((await createIdentity("server", NOW)).certificatePem);
  const client = read((await createIdentity("client", NOW)).certificatePem);
  deepEqual(server.names, ["dns:localhost", "ip:127.0.0.1"]);
  equal(client.names, undefined);
  deepEqual(server.extended, [[x509.ExtendedKeyUsage.serverAuth], true]);
  deepEqual(client.extended, [[x509.ExtendedKeyUsage.clientAuth], true]);
});

test("createIdentity() dates both certificates five minutes back and thirty days on", async () => {
  const identity = await createIdentity("client", NOW);
  for (const pem of [identity.caPem, identity.certificatePem]) {
    const { notBefore, notAfter } = read(pem).certificate;
    equal(notBefore.toISOString(), "2026-11-22T11:55:00.000Z");
    equal(notAfter.toISOString(), "2026-12-22T12:00:00.000Z");
  }
  equal(identity.notAfter.toISOString(), "2026-12-22T12:00:00.000Z");
});

test("no two identities share a key", async () => {
  const [one, other] = await Promise.all([createIdentity("client", NOW), createIdentity("client", NOW)]);
  notEqual(one.caPem, other.caPem);
  notEqual(one.privateKeyPem.reveal(), other.privateKeyPem.reveal());
});

test("an identity's key is a secret however it is turned into text, and the authority's is nowhere", async () => {
  const identity = await createIdentity("server", NOW);
  match(identity.privateKeyPem.reveal(), /^-----BEGIN PRIVATE KEY-----\n/);
  const texts = [
    JSON.stringify(identity),
    inspect(identity),
    Deno.inspect(identity),
    `${identity.privateKeyPem}`,
  ];
  for (const text of texts) doesNotMatch(text, /PRIVATE/);
  match(texts[0]!, /"privateKeyPem":"\[secret\]"/);
  deepEqual(Object.keys(identity), ["role", "caPem", "certificatePem", "privateKeyPem", "notAfter"]);
});

test("readAuthority() takes one authority's certificate and says what is wrong with anything else", async () => {
  const { caPem, certificatePem, privateKeyPem } = await createIdentity("server", NOW);
  equal(readAuthority(`\n${caPem}\n\n`), caPem);
  const wrong: [string, RegExp][] = [
    ["", /^it holds 0 certificates, must be 1$/],
    [`${caPem}\n${certificatePem}`, /^it holds 2 certificates, must be 1$/],
    [certificatePem, /^it is the certificate of a leaf, must be an authority's$/],
    [privateKeyPem.reveal(), /^it is not a certificate in PEM$/],
    [caPem.replaceAll(/[A-Za-z]{9}\n/g, "\n"), /^it is not a certificate in PEM$/],
    [`a remark\n${caPem}`, /^it is not a certificate in PEM$/],
    [caPem.replace("\n-----END", "\n!AAAA\n-----END"), /^it is not a certificate in PEM$/],
    ["-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----", /^it is not a certificate in PEM$/],
  ];
  for (const [pem, message] of wrong) throws(() => readAuthority(pem), { message });
});
