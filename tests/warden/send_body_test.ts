import { equal, rejects } from "node:assert/strict";
import { byteReader } from "../../src/warden/byte_reader.ts";
import type { RequestBody } from "../../src/warden/proxy_request.ts";
import { sendBody } from "../../src/warden/send_body.ts";
import { test } from "../sanitized.ts";
import { heardConnection } from "./heard_connection.ts";

async function sent(body: RequestBody, ...pieces: string[]): Promise<string> {
  let said = "";
  const reader = byteReader(heardConnection(...pieces), 64);
  await sendBody(body, reader, (bytes) => Promise.resolve(void (said += new TextDecoder().decode(bytes))));
  return said;
}

test("exactly as many bytes as announced go on; a second request behind them does not", async () => {
  equal(
    await sent({ kind: "length", bytes: 5 }, "he", "lloGET http://evil.example/ HTTP/1.1\r\n\r\n"),
    "hello",
  );
  equal(await sent({ kind: "length", bytes: 0 }, "GET http://evil.example/ HTTP/1.1\r\n\r\n"), "");
  await rejects(sent({ kind: "length", bytes: 5 }, "hell"), /ends early/);
});

test("chunks go on written anew, without extensions, trailers and what follows", async () => {
  const pieces = ["5;a=b\r\nhel", "lo\r\n00A\r\n0123456789\r\n0\r\nX: y\r\n\r", "\nGET / HTTP/1.1\r\n\r\n"];
  equal(await sent({ kind: "chunked" }, ...pieces), "5\r\nhello\r\na\r\n0123456789\r\n0\r\n\r\n");
});

test("chunks that are not well formed end it", async () => {
  const wrong = [
    "0x5\r\nhello\r\n0\r\n\r\n",
    "-5\r\n",
    " 5\r\nhello\r\n",
    "5\nhello\r\n0\r\n\r\n",
    "\r\n",
    "g\r\n",
  ];
  for (
    const text of [
      ...wrong,
      "5\r\nhello!\r\n0\r\n\r\n",
      "5\r\nhel",
      "5555555555555\r\n",
      `5;${"a".repeat(80)}`,
    ]
  ) {
    await rejects(sent({ kind: "chunked" }, text), Error, text);
  }
});
