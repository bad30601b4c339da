import { deepEqual, equal, match, ok } from "node:assert/strict";
import { API_CODES } from "../../src/server/api_codes.ts";
import { PUBLIC_PATHS } from "../../src/server/auth.ts";
import { test } from "../sanitized.ts";
import { httpStage } from "./http_stage.ts";

// deno-lint-ignore no-explicit-any -- JSON
type Json = any;

/** Source: server spec §1.2, and what issue 5 adds. */
const ROUTES = [
  "GET /metrics",
  "GET /v1/approvals",
  "GET /v1/approvals/{id}",
  "POST /v1/approvals/{id}",
  "GET /v1/audit",
  "GET /v1/config",
  "GET /v1/health",
  "GET /v1/models",
  "GET /v1/openapi.json",
  "GET /v1/ready",
  "GET /v1/sessions",
  "POST /v1/sessions",
  "DELETE /v1/sessions/{id}",
  "GET /v1/sessions/{id}",
  "PATCH /v1/sessions/{id}",
  "POST /v1/sessions/{id}/cancel",
  "GET /v1/sessions/{id}/events",
  "GET /v1/sessions/{id}/messages",
  "POST /v1/sessions/{id}/messages",
  "POST /v1/sessions/{id}/model",
  "POST /v1/sessions/{id}/tools/decisions",
  "GET /v1/sessions/{id}/tools/pending",
  "POST /v1/sessions/{id}/tools/resolve",
  "POST /v1/sessions/{id}/tools/{tool_call_id}/decision",
];

async function operations(): Promise<{ name: string; path: string; operation: Json; document: Json }[]> {
  await using stage = await httpStage();
  const { document } = stage.contract;
  return Object.entries(document.paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Json>).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
      document,
    }))
  );
}

test("every route is there, named once, and says whether it asks for a token", async () => {
  const all = await operations();
  const byPath = (one: string, other: string) => one.split(" ")[1]! < other.split(" ")[1]! ? -1 : 1;
  deepEqual(all.map(({ name }) => name).sort().sort(byPath).sort(), [...ROUTES].sort());
  equal(new Set(all.map(({ operation }) => operation.operationId)).size, all.length);
  const { document } = all[0]!;
  equal(document.openapi, "3.1.0");
  deepEqual(document.security, [{ bearer_auth: [] }]);
  equal(document.components.securitySchemes.bearer_auth.scheme, "bearer");
  for (const { name, path, operation } of all) {
    equal(operation.security?.length === 0, PUBLIC_PATHS.has(path), name);
    equal("401" in operation.responses, !PUBLIC_PATHS.has(path), name);
    ok(document.tags.some((tag: Json) => tag.name === operation.tags[0]), name);
  }
});

test("every failure that a route names has the one shape, and every route names those of its kind", async () => {
  for (const { name, operation } of await operations()) {
    const statuses = Object.keys(operation.responses);
    ok(["400", "403", "500"].every((status) => statuses.includes(status)), name);
    if (operation.requestBody) ok(["413", "415"].every((status) => statuses.includes(status)), name);
    const keyed = operation.parameters?.some((one: Json) => one.name === "idempotency-key");
    if (keyed) match(operation.responses["409"].description, /`idempotency_in_progress`/, name);
    for (const [status, response] of Object.entries(operation.responses as Record<string, Json>)) {
      if (Number(status) < 400) continue;
      const { $ref } = response.content["application/json"].schema;
      equal(
        $ref,
        `#/components/schemas/${status === "503" && name === "GET /v1/ready" ? "NotReady" : "Error"}`,
      );
      ok("x-request-id" in (response.headers ?? {}) || status === "503", name);
    }
  }
});

test("every code of the table belongs to the status under which routes document it", async () => {
  const documented = new Set<string>();
  for (const { operation } of await operations()) {
    for (const [status, { description }] of Object.entries(operation.responses as Record<string, Json>)) {
      for (const [, code] of description.matchAll(/^`([a-z_]+)`:/gm)) {
        equal(API_CODES[code as keyof typeof API_CODES].status, Number(status), code);
        documented.add(code);
      }
    }
  }
  // Of what never reaches a route.
  const elsewhere = ["headers_too_large", "method_not_allowed", "request_timeout"];
  deepEqual([...documented, ...elsewhere].sort(), Object.keys(API_CODES).sort());
});

test("references lead somewhere, and every shape that is named is used or an event's", async () => {
  const { document } = (await operations())[0]!;
  const text = JSON.stringify(document);
  const named = Object.keys(document.components.schemas);
  const used = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!));
  deepEqual([...used].filter((name) => !named.includes(name)), []);
  deepEqual(named.filter((name) => !used.has(name)), []);
});

test("a message's content is a text or a list, and every event has its payload", async () => {
  const { document } = (await operations())[0]!;
  const { schemas } = document.components;
  deepEqual(schemas.Message.properties.content.anyOf.map((one: Json) => one.type), ["string", "array"]);
  const events = schemas.EventEnvelope.properties.event.anyOf.flatMap((one: Json) =>
    Object.keys(one.properties)
  );
  equal(events.length, 19);
  for (const name of events) ok("run_id" in schemas[name].properties, name);
  deepEqual(schemas.SendMessage.additionalProperties, false);
});

test("docs/api.md names every route, code and event", async () => {
  const text = await Deno.readTextFile(new URL("../../docs/api.md", import.meta.url));
  const { document } = (await operations())[0]!;
  const events = document.components.schemas.EventEnvelope.properties.event.anyOf.flatMap((one: Json) =>
    Object.keys(one.properties)
  ).map((name: string) => name.replace(/(?<=.)[A-Z]/g, "_$&").toLowerCase());
  const wanted = [
    ...[...events, "gap_detected", "shutdown"].map((name) => `\`${name}\``),
    ...ROUTES.map((route) => `\`${route}\``),
    ...Object.keys(API_CODES).map((code) => `\`${code}\``),
  ];
  deepEqual(wanted.filter((one) => !text.includes(one)), []);
});
