import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { API_CODES } from "../../src/server/api_codes.ts";
import { UserError } from "../../src/domain/error.ts";
import { test } from "../sanitized.ts";
import { httpStage, newSession, TOKEN } from "./http_stage.ts";

const WITH_TOKEN = { authorization: `Bearer ${TOKEN}` };
const JSON_TYPE = { "content-type": "application/json" };
const NOBODY = "/v1/sessions/66e02733-a208-4a18-96df-777f44ed3c67";

test("every failure has the same shape, its own code, and a request id that is in header and log", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  const body = (text: BodyInit, more: HeadersInit = JSON_TYPE): RequestInit => ({
    method: "POST",
    body: text,
    headers: { ...WITH_TOKEN, ...more },
  });
  const cases: [string, RequestInit, keyof typeof API_CODES][] = [
    ["/v1/sessions", {}, "unauthorized"],
    ["/v1/nothing", {}, "unauthorized"],
    ["/v1/nothing", { headers: WITH_TOKEN }, "not_found"],
    ["/", { headers: WITH_TOKEN }, "not_found"],
    ["/v1/sessions/", { headers: WITH_TOKEN }, "not_found"],
    [NOBODY, { headers: WITH_TOKEN }, "not_found"],
    [`${NOBODY}/events`, { headers: WITH_TOKEN }, "not_found"],
    ["/v1/sessions", { method: "PUT", headers: WITH_TOKEN }, "method_not_allowed"],
    [`/v1/sessions/${id}/events`, { method: "DELETE", headers: WITH_TOKEN }, "method_not_allowed"],
    ["/v1/sessions/%00", { headers: WITH_TOKEN }, "invalid_request"],
    ["/v1/sessions", body("{}", { "content-type": "text/plain" }), "unsupported_media_type"],
    ["/v1/sessions", body(new Uint8Array([123, 125]), {}), "unsupported_media_type"],
    ["/v1/sessions", body("{"), "invalid_request"],
    ["/v1/sessions", body(""), "invalid_request"],
    ["/v1/sessions", body("null"), "invalid_request"],
    ["/v1/sessions", body(new Uint8Array([34, 255, 34])), "invalid_request"],
    ["/v1/sessions", body(`{"title":"${"x".repeat(API_LIMIT)}"}`), "payload_too_large"],
    ["/v1/sessions", { ...body(endless()) }, "payload_too_large"],
    ["/v1/health", { headers: { origin: "https://evil.example" } }, "forbidden_origin"],
    ["/v1/health", { headers: { origin: "null" } }, "forbidden_origin"],
    ["/v1/health", { headers: { "sec-fetch-site": "cross-site" } }, "forbidden_origin"],
  ];
  for (const [path, init, code] of cases) {
    stage.lines.length = 0;
    const { status, body: told, headers } = await stage.raw(path, init);
    deepEqual([path, told?.code, status], [path, code, API_CODES[code].status]);
    match(told.request_id, /^req_[0-9a-f]{32}$/);
    equal(headers.get("x-request-id"), told.request_id);
    equal(stage.lines.filter((line) => line.includes(told.request_id)).length, 1, stage.lines.join("\n"));
    notEqual(told.error, "");
  }
});

const API_LIMIT = 2 * 1024 * 1024;

/** A body whose length is not said. */
function endless(): ReadableStream<Uint8Array> {
  let left = 64;
  return new ReadableStream({
    pull(controller) {
      if (left-- > 0) controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      else controller.close();
    },
  });
}

test("a refusal for want of a token says how to bring one, and 405 which methods there are", async () => {
  await using stage = await httpStage();
  const refused = await stage.raw("/v1/sessions");
  equal(refused.headers.get("www-authenticate"), 'Bearer realm="stakpak"');
  match(refused.body.hint, /stakpak token/);
  const wrong = await stage.ask("PUT", "/v1/sessions/x");
  equal(wrong.headers.get("allow"), "GET, PATCH, DELETE, HEAD");
});

test("a body of 2 MB is read, and one that is sent in pieces too", async () => {
  await using stage = await httpStage();
  const title = "x".repeat(999);
  const padded = `{"title":"${title}"}`.padEnd(API_LIMIT);
  const whole = await stage.raw("/v1/sessions", {
    method: "POST",
    headers: { ...WITH_TOKEN, ...JSON_TYPE },
    body: padded,
  });
  equal(whole.status, 201);
  const pieces = await stage.raw("/v1/sessions", {
    method: "POST",
    headers: { ...WITH_TOKEN, ...JSON_TYPE },
    body: new Blob([padded]).stream(),
  });
  equal(pieces.status, 201);
});

test("a bug tells the caller no more than its id, and the log where it is", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  stage.runs.fails = new Error("the key is hunter2secret");
  const { status, body, text } = await stage.ask("POST", `/v1/sessions/${id}/messages`, {
    message: { role: "user", content: "x" },
  });
  deepEqual([status, body.code], [500, "internal_error"]);
  match(body.error, /^the server failed; its log has more/);
  equal(/hunter2secret|\.ts|at /.test(text), false);
  match(
    stage.lines.find((line) => line.startsWith(body.request_id)) ?? "",
    /hunter2secret[^]*http_app_test\.ts/,
  );
});

test("what is wrong with the machine is told to whoever may ask, without secrets", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  stage.runs.fails = new UserError("Cannot use the store of hunter2secret: the disk is full", {
    hint: "make room for hunter2secret",
  });
  const { status, body } = await stage.ask("POST", `/v1/sessions/${id}/messages`, {
    message: { role: "user", content: "x" },
  });
  deepEqual([status, body.error, body.hint], [
    500,
    "Cannot use the store of [secret]: the disk is full",
    "make room for [secret]",
  ]);
});

test("what only looks and goes well is not logged; of paths the pattern alone is", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  await stage.ask("GET", `/v1/sessions/${id}`);
  await stage.ask("DELETE", `/v1/sessions/${id}`);
  await stage.ask("GET", "/v1/hunter2?token=hunter2");
  deepEqual(stage.lines.map((line) => line.replace(/ in \d+ ms, req_\w{32}$/, "")), [
    "POST /v1/sessions 201",
    "DELETE /v1/sessions/{id} 204",
    "GET (no route) 404",
  ]);
});

test("HEAD answers as GET does, without a body, also of a stream", async () => {
  await using stage = await httpStage();
  const id = await newSession(stage);
  for (const path of ["/v1/sessions", `/v1/sessions/${id}/events`]) {
    const { status, text } = await stage.ask("HEAD", path);
    deepEqual([status, text], [200, ""]);
  }
});
