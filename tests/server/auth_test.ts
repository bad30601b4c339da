import { deepEqual, equal } from "node:assert/strict";
import { bearerOf } from "../../src/server/auth.ts";
import { test } from "../sanitized.ts";
import { httpStage, TOKEN } from "./http_stage.ts";

const bearing = (authorization: string) => ({ headers: { authorization } });

test("the scheme of a token may be written in any case, with several spaces", () => {
  for (const header of ["Bearer x", "bearer x", "BEARER   x", " Bearer x "]) {
    equal(bearerOf(header), "x", header);
  }
  for (const header of [undefined, "", "Bearer", "Bearer ", "Basic x", "Bearer x y", "Bearerx"]) {
    equal(bearerOf(header), undefined, header);
  }
});

test("only the right token opens what is not public, and it is judged before the path or the body", async () => {
  await using stage = await httpStage();
  for (const path of ["/v1/sessions", "/metrics", "/v1/config", "/v1/models", "/v1/audit", "/v1/nothing"]) {
    for (const init of [{}, bearing("Bearer wrong"), bearing(`Basic ${TOKEN}`), bearing(TOKEN)]) {
      const { status, body } = await stage.raw(path, init);
      deepEqual([status, body.code], [401, "unauthorized"]);
    }
  }
  const posted = await stage.raw("/v1/sessions/none/messages", { method: "POST", body: "{" });
  equal(posted.status, 401);
  equal((await stage.raw("/v1/sessions", bearing(`bearer ${TOKEN}`))).status, 200);
});

test("the public paths are answered without a token, and with a wrong one as without", async () => {
  await using stage = await httpStage();
  for (const path of ["/v1/health", "/v1/ready", "/v1/openapi.json"]) {
    for (const init of [{}, bearing("Bearer wrong")]) equal((await stage.raw(path, init)).status, 200);
  }
});

test("a token that is not the one any more is worth nothing at once", async () => {
  let token = "old";
  await using stage = await httpStage({ parts: { isToken: (given) => Promise.resolve(given === token) } });
  equal((await stage.raw("/v1/sessions", bearing("Bearer old"))).status, 200);
  token = "new";
  equal((await stage.raw("/v1/sessions", bearing("Bearer old"))).status, 401);
  equal((await stage.raw("/v1/sessions", bearing("Bearer new"))).status, 200);
});

test("without a token asked for, whoever is called right and comes from here is let in", async () => {
  await using stage = await httpStage({ parts: { isToken: undefined } });
  equal((await stage.raw("/v1/sessions")).status, 200);
  const { status, body } = await stage.raw("/v1/sessions", { headers: { origin: "http://localhost:3000" } });
  deepEqual([status, body.code], [403, "forbidden_origin"]);
});
