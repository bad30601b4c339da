import assert from "node:assert/strict";
import { NO_SCHEMA_COMPILER } from "../../src/mcp/no_schema_compiler.ts";
import { Server } from "../../src/mcp/sdk.ts";
import { Client } from "../../src/mcp/sdk_client.ts";
import { test } from "../sanitized.ts";

test("NO_SCHEMA_COMPILER compiles nothing, and either end of the SDK takes it for its own", () => {
  assert.throws(() => NO_SCHEMA_COMPILER.getValidator(), /not trusted/);
  const options = { jsonSchemaValidator: NO_SCHEMA_COMPILER };
  const info = { name: "test", version: "1" };
  for (const end of [new Server(info, options), new Client(info, options)]) {
    assert.equal((end as unknown as Record<string, unknown>)["_jsonSchemaValidator"], NO_SCHEMA_COMPILER);
  }
});
