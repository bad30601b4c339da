/**
 * Nothing known leaves the server, by whatever way: results, failures, bugs, progress, refusals, and what the shell's
 * own tools print.
 *
 * @module
 */
import { equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import * as z from "zod";
import { TOOLS } from "../../src/mcp/registry.ts";
import { Client } from "../../src/mcp/sdk_client.ts";
import { createServer } from "../../src/mcp/server.ts";
import { defineTool, type Tool } from "../../src/mcp/tool.ts";
import { startToolCalls } from "../../src/mcp/tool_calls.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { formsOf } from "../../src/secrets/value_forms.ts";
import type { Host } from "../../src/host/host.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

/** Says `text` in every way that a tool has. */
function tellingTools(text: () => string): Tool[] {
  const parts = {
    description: "for a test",
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({}),
  };
  return [
    defineTool({ ...parts, name: "result", run: () => Promise.resolve({ text: text() }) }),
    defineTool({ ...parts, name: "failure", run: () => Promise.resolve({ code: "A_CODE", text: text() }) }),
    defineTool({ ...parts, name: "bug", run: () => Promise.reject(new Error(text())) }),
    defineTool({
      ...parts,
      name: "progress",
      run(_input, { progress }) {
        progress(text());
        return Promise.resolve({ text: "" });
      },
    }),
  ];
}

/** Everything that a client gets to see, as text. */
async function served(
  tools: readonly Tool[],
  redactor: Redactor,
  host: Host = fakeHost(),
  workspace = "/work",
) {
  const calls = startToolCalls({ tools, host, workspace, log() {} });
  const server = createServer({ calls, version: "1.2.3", redact: (text) => redactor.redact(text) });
  const client = new Client({ name: "test", version: "0" });
  const [one, other] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(one), client.connect(other)]);
  const seen: string[] = [];
  return {
    seen,
    async call(name: string, args: Record<string, unknown> = {}) {
      const onprogress = ({ message = "" }) => void seen.push(message);
      const answer = await client.callTool({ name, arguments: args }, undefined, { onprogress })
        .catch((error: Error) => error.message);
      seen.push(typeof answer === "string" ? answer : JSON.stringify(answer));
    },
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await calls.stop();
    },
  };
}

test("no known value leaves the server: by a result, a failure, a bug, progress or a refusal", async () => {
  const value = fc.string({ unit: "grapheme-ascii", minLength: 10, maxLength: 40 }).filter((text) =>
    /^[^\s"\\]{10,}$/.test(text)
  );
  await fc.assert(
    fc.asyncProperty(value, fc.string({ maxLength: 20 }), async (value, around) => {
      const redactor = new Redactor();
      redactor.add(value);
      let form = "";
      await using session = await served(tellingTools(() => `${around} ${form} ${around}`), redactor);
      for (const { text } of formsOf(value)) {
        form = text;
        for (const tool of ["result", "failure", "bug", "progress"]) await session.call(tool);
      }
      await session.call("result", { [value]: value });
      await session.call(value);
      for (const { text } of formsOf(value)) {
        const inJson = JSON.stringify(text).slice(1, -1);
        ok(!session.seen.some((one) => one.includes(text) || one.includes(inJson)), session.seen.join("\n"));
      }
    }),
    { numRuns: runs(300), seed: SEED },
  );
});

test("run_command lets no part of a secret out that comes in two pieces, not even as progress", async () => {
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "stakpak-test-" }));
  const redactor = new Redactor();
  redactor.add("correct-horse-battery-9");
  try {
    await using session = await served(TOOLS, redactor, denoHost(["stakpak"]), folder);
    const command = "printf 'it is correct-horse'; sleep 0.2; printf '%s\\n' '-battery-9'; echo end";
    await session.call("run_command", { command });
    await session.call("run_command", { command: "cat correct-horse-battery-9; exit 3" });
    await session.call("view", { path: "correct-horse-battery-9" });
    equal(/correct-horse|battery-9/.test(session.seen.join("\n")), false, session.seen.join("\n"));
    ok(session.seen.some((one) => one.includes("[REDACTED_SECRET:known:")));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
