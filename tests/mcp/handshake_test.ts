import { deepEqual, equal, rejects } from "node:assert/strict";
import fc from "fast-check";
import { HandshakeError, readServerCa, renderServerCa } from "../../src/mcp/handshake.ts";
import { createIdentity } from "../../src/mcp/identity.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

const { caPem, certificatePem } = await createIdentity("server");

async function* linesOf(text: string): AsyncGenerator<string> {
  for (const line of text.split("\n")) yield await Promise.resolve(line);
}

function read(text: string): Promise<string> {
  return readServerCa(linesOf(text));
}

test("readServerCa() finds what renderServerCa() wrote among remarks, with either line end and blanks", async () => {
  const output = `🔐 mTLS enabled - independent identity (sandbox mode)
${renderServerCa(caPem)}MCP server started at https://0.0.0.0:8080/mcp
`;
  equal(await read(output), caPem);
  equal(await read(output.replaceAll("\n", "\r\n")), caPem);
  equal(await read(output.replaceAll("\n", " \n\t")), caPem);
});

test("readServerCa() leaves the lines after the block to its caller", async () => {
  const lines = linesOf(`${renderServerCa(caPem)}after\nmore`);
  await readServerCa(lines);
  const rest: string[] = [];
  for await (const line of lines) rest.push(line);
  deepEqual(rest, ["after", "more"]);
});

test("a second beginning starts the block anew, and an end without beginning is a remark", async () => {
  const begin = "---BEGIN STAKPAK SERVER CA---";
  equal(await read(`---END STAKPAK SERVER CA---\n${begin}\nhalf of one\n${renderServerCa(caPem)}`), caPem);
});

test("readServerCa() rejects output that ends early, is too long, or holds no single authority", async () => {
  const wrong: [string, RegExp][] = [
    ["", /^Cannot trust the box: its output ended before a line ---BEGIN STAKPAK SERVER CA---$/],
    [
      renderServerCa(caPem).replace("---END STAKPAK", "---end"),
      /ended inside the block that starts with ---BEGIN/,
    ],
    ["x\n".repeat(40_000), /^Cannot trust the box: more than 65536 characters before a line ---BEGIN/],
    [`${"x".repeat(70_000)}\n${renderServerCa(caPem)}`, /more than 65536 characters/],
    [renderServerCa(""), /is wrong: it holds 0 certificates, must be 1$/],
    [renderServerCa(`${caPem}\n${caPem}`), /is wrong: it holds 2 certificates, must be 1$/],
    [renderServerCa(certificatePem), /is wrong: it is the certificate of a leaf, must be an authority's$/],
    [renderServerCa(caPem.replace(/M.{40}/, "M")), /is wrong: it is not a certificate in PEM$/],
  ];
  for (const [output, message] of wrong) {
    await rejects(read(output), (error) => error instanceof HandshakeError && message.test(error.message));
  }
});

test("the certificate is found whatever is said before it", async () => {
  const remark = fc.string({ unit: "binary", maxLength: 200 }).filter((text) =>
    !text.includes("---BEGIN STAK")
  );
  await fc.assert(
    fc.asyncProperty(fc.array(remark, { maxLength: 20 }), async (remarks) => {
      equal(await read(`${remarks.join("\n")}\n${renderServerCa(caPem)}`), caPem);
    }),
    { numRuns: runs(500), seed: SEED },
  );
});
