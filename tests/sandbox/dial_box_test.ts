import { deepEqual, equal, rejects } from "node:assert/strict";
import { NotSent } from "../../src/mcp/tls_fetch.ts";
import { dialBox } from "../../src/sandbox/dial_box.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { test } from "../sanitized.ts";

function notSent(code: string): NotSent {
  return new NotSent(code, { cause: Object.assign(new Error(code), { code }) });
}

test("dialBox() asks again while nobody listens yet, and takes any answer", async () => {
  using clock = fakeClock();
  const failures = [notSent("ENOENT"), notSent("ECONNREFUSED"), notSent("ECONNRESET")];
  const asked: string[] = [];
  const dialling = dialBox((url, init) => {
    asked.push(`${init?.method} ${url}`);
    const failure = failures.shift();
    return failure ? Promise.reject(failure) : Promise.resolve(new Response("no session", { status: 400 }));
  }, new AbortController().signal);
  await clock.pass(1_000);
  await dialling;
  deepEqual(asked, Array(4).fill("GET https://localhost/mcp"));
});

test("dialBox() gives up after 30 tries, at once where something else is at the socket, or with the signal", async () => {
  using clock = fakeClock();
  const never = new AbortController().signal;
  let asked = 0;
  const nobody = dialBox(() => (asked++, Promise.reject(notSent("ENOENT"))), never);
  const failed = rejects(nobody, { message: "ENOENT" });
  await clock.pass(60_000);
  await failed;
  equal(asked, 30);
  await rejects(dialBox(() => Promise.reject(notSent("EPROTO")), never), { message: "EPROTO" });
  const stop = new AbortController();
  const stopped = dialBox(() => Promise.reject(notSent("ENOENT")), stop.signal);
  stop.abort(new Error("enough"));
  await rejects(stopped, { message: "enough" });
});
