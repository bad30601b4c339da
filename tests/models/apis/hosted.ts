/**
 * What a worker might put into a body that would make the provider act by itself, or fetch something.
 *
 * @module
 */
import assert from "node:assert/strict";
import type { Json } from "../../../src/domain/json.ts";
import type { ApiRules } from "../../../src/models/api_rules.ts";
import { GatewayRefused } from "../../../src/models/gateway.ts";
import { fit } from "../../../src/models/request_shape.ts";
import { test } from "../../sanitized.ts";

/** One test for each body: it is refused. */
export function refuses(name: string, { shape }: ApiRules, bodies: Readonly<Record<string, Json>>): void {
  for (const [what, body] of Object.entries(bodies)) {
    test(`${name} refuses ${what}`, () => {
      assert.throws(() => fit(body, shape), GatewayRefused);
    });
  }
}

/** None of these fields is sent. */
export function leavesOut(name: string, { shape }: ApiRules, body: Readonly<Record<string, Json>>): void {
  for (const field of Object.keys(body)) {
    test(`${name} leaves out ${field}`, () => {
      assert.deepEqual(fit({ [field]: body[field]! }, shape), {});
    });
  }
}
