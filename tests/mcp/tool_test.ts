import { deepEqual, equal } from "node:assert/strict";
import { z } from "zod";
import { defineTool, type ToolContext } from "../../src/mcp/tool.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const ran: unknown[] = [];
const shout = defineTool({
  name: "shout",
  description: "says it loudly",
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input: z.strictObject({ text: z.string(), times: z.int().min(1).default(1) }),
  run({ text, times }) {
    ran.push(text);
    return Promise.resolve({ text: text.toUpperCase().repeat(times) });
  },
});

const context: ToolContext = {
  scope: { host: fakeHost(), workspace: "/work", onStop() {} },
  signal: new AbortController().signal,
  progress() {},
};

test("defineTool() gives a tool that parses its arguments and fills in defaults", async () => {
  deepEqual(await shout.run({ text: "ho" }, context), { text: "HO" });
  deepEqual(await shout.run({ text: "ho", times: 2 }, context), { text: "HOHO" });
});

test("defineTool() says in JSON Schema what may be left out, and that nothing else may come", () => {
  equal(shout.inputSchema.additionalProperties, false);
  deepEqual(shout.inputSchema.required, ["text"]);
});

test("a tool is not run when a field is missing, unknown or wrong, and no value is repeated", async () => {
  ran.length = 0;
  const answers = [
    await shout.run(undefined, context),
    await shout.run({ text: "a", loud: true }, context),
    await shout.run({ text: "a", times: "hunter2-hunter2" }, context),
    await shout.run({ text: "a", AKIAIOSFODNN7EXAMPLE: 1 }, context),
  ];
  deepEqual(answers, [
    {
      code: "INVALID_ARGUMENTS",
      text: "Cannot call shout: text: Invalid input: expected string, received undefined",
    },
    { code: "INVALID_ARGUMENTS", text: `Cannot call shout: unknown field "loud"` },
    {
      code: "INVALID_ARGUMENTS",
      text: "Cannot call shout: times: Invalid input: expected number, received string",
    },
    {
      code: "INVALID_ARGUMENTS",
      text: "Cannot call shout: unknown field a name of 20 characters (not shown)",
    },
  ]);
  deepEqual(ran, []);
});
