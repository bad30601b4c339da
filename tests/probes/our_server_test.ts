import assert from "node:assert/strict";
import { askServer, record } from "../../src/probes/our_server.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;
const URL = "http://127.0.0.1:4096/v1/health";

const asked = (http: FakeMachine["http"], listen = { hostname: "127.0.0.1", port: 4096 }) =>
  askServer({ host: fakeHost(http ? { http } : {}), listen, signal: NEVER }, 5);
const answering = (body: unknown) => asked({ [URL]: { status: 200, body } });

test("askServer() says nobody where nobody answers", async () => {
  assert.deepEqual(await asked({}), { who: "nobody" });
});

test("askServer() knows our server by its service and its instance", async () => {
  const body = { service: "stakpak", instance: "7f3a", status: "ok" };
  assert.deepEqual(await answering(body), { who: "ours", health: body });
});

test("askServer() takes every other answer for someone else's", async () => {
  const bodies = [undefined, null, "stakpak", [], { service: "stakpak" }, {
    service: "nginx",
    instance: "1",
  }];
  for (const body of bodies) assert.deepEqual(await answering(body), { who: "other", details: [] });
});

test("askServer() recognises the Rust stakpak, and does not take it for ours", async () => {
  const answer = await answering({ status: "ok", version: "0.3.88", uptime_seconds: 12 });
  assert.equal(answer.who, "other");
  assert.match(JSON.stringify(answer), /Rust stakpak/);
});

test("askServer() takes a silent server for someone else's", async () => {
  const answer = await asked({ [URL]: "hang" });
  assert.deepEqual(answer, { who: "other", details: ["it takes connections and does not answer"] });
});

test("askServer() asks on loopback where the server listens everywhere", async () => {
  const body = { service: "stakpak", instance: "7f3a" };
  const http = { [URL]: { status: 200, body } };
  assert.equal((await asked(http, { hostname: "0.0.0.0", port: 4096 })).who, "ours");
});

test("askServer() rejects when it is told to stop", async () => {
  const stop = new AbortController();
  const host = fakeHost({ http: { [URL]: "hang" } });
  const answer = askServer({ host, listen: { hostname: "127.0.0.1", port: 4096 }, signal: stop.signal });
  stop.abort(new Error("stopped"));
  await assert.rejects(answer, /stopped/);
});

test("record() makes an empty table of what is none", () => {
  assert.deepEqual([record(null), record("x"), record({ a: 1 })], [{}, {}, { a: 1 }]);
});
