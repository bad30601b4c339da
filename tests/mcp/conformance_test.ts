/**
 * Our server and our client before the judges of the MCP project.
 *
 * @module
 */
import { ok } from "node:assert/strict";
import { TOOLS } from "../../src/mcp/registry.ts";
import { notJudged } from "../probes/judge.ts";
import { test } from "../sanitized.ts";
import { type McpJudges, mcpJudges } from "./mcp_judges.ts";
import { plainDoor } from "./plain_door.ts";
import { serveTools } from "./served_tools.ts";

const SERVER_SCENARIOS = [
  "server-initialize",
  "ping",
  "tools-list",
  "server-sse-multiple-streams",
  "dns-rebinding-protection",
];
const CLIENT_SCENARIOS = ["initialize", "tools_call", "sse-retry"];

function judged(name: string, fn: (judges: McpJudges) => Promise<void>): void {
  test(name, async () => {
    const judges = await mcpJudges();
    if (judges) await fn(judges);
    else notJudged("the MCP project's judges are not installed, and npm does not answer");
  });
}

for (const scenario of SERVER_SCENARIOS) {
  judged(`the server passes the conformance scenario ${scenario}`, async ({ conformance }) => {
    await using served = await serveTools(TOOLS);
    await using door = await plainDoor(served.wire);
    const verdict = await conformance(["server", "--url", door.url, "--scenario", scenario]);
    ok(verdict.ok, verdict.said);
  });
}

judged("the judge fails a server that lacks what a scenario asks for", async ({ conformance }) => {
  await using served = await serveTools(TOOLS);
  await using door = await plainDoor(served.wire);
  const verdict = await conformance(["server", "--url", door.url, "--scenario", "prompts-list"]);
  ok(!verdict.ok, verdict.said);
});

for (const scenario of CLIENT_SCENARIOS) {
  judged(`the client passes the conformance scenario ${scenario}`, async ({ conformance }) => {
    const config = new URL("../../deno.json", import.meta.url).pathname;
    const script = new URL("judged_client.ts", import.meta.url).pathname;
    const command = `${Deno.execPath()} run --quiet --no-check -A --config ${config} ${script}`;
    const verdict = await conformance(["client", "--command", command, "--scenario", scenario]);
    ok(verdict.ok, verdict.said);
  });
}

judged("the inspector finds nothing to say about our tools, strictly", async ({ inspector }) => {
  await using served = await serveTools(TOOLS);
  await using door = await plainDoor(served.wire);
  const args = ["--cli", door.url, "--transport", "http", "--method", "tools/list", "--strict"];
  const verdict = await inspector(args);
  ok(verdict.ok, verdict.said);
  for (const { name } of TOOLS) ok(verdict.said.includes(`"${name}"`), verdict.said);
});
