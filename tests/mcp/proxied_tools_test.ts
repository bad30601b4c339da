import { deepEqual, equal, rejects } from "node:assert/strict";
import { proxiedTools } from "../../src/mcp/proxied_tools.ts";
import { TOOLS } from "../../src/mcp/registry.ts";
import { startToolCalls } from "../../src/mcp/tool_calls.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { fakeToolbox } from "../fakes/fake_toolbox.ts";
import { fakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;

async function stage() {
  const fakes = fakeTools();
  const toolbox = fakeToolbox(fakes.tools);
  const tools = proxiedTools(toolbox, await toolbox.list(never));
  const calls = startToolCalls({ tools, host: fakeHost(), workspace: "/", log() {} });
  const told: string[] = [];
  const call = (name: string, input: unknown = {}, signal = never) =>
    calls.call(name, input, signal, (message) => told.push(message))!;
  return { fakes, toolbox, tools, call, told };
}

test("tools that are carried out elsewhere keep description and schema, under their bare names", async () => {
  const { fakes, tools } = await stage();
  const parts = ({ name, description, inputSchema }: typeof tools[number]) => ({
    name,
    description,
    inputSchema,
  });
  deepEqual(tools.map(parts), fakes.tools.map(parts));
});

test("results, failures and progress come through", async () => {
  const { call, told } = await stage();
  deepEqual(await call("echo", { text: "a\nb" }), { text: "a\nb" });
  deepEqual(await call("fail"), { code: "FILE_NOT_FOUND", text: "it is not there" });
  await call("report", { says: ["half"] });
  deepEqual(told, ["half"]);
});

test("a call that is cancelled ends there as well, and one whose sandbox is gone says so", async () => {
  const { fakes, toolbox, call } = await stage();
  const stop = new AbortController();
  const cancelled = rejects(call("wait", {}, stop.signal), /enough/);
  const ended = fakes.ended();
  await fakes.waiting();
  stop.abort(new Error("enough"));
  await Promise.all([cancelled, ended]);
  await toolbox.kill();
  deepEqual(await call("echo", { text: "" }), {
    code: "SANDBOX_GONE",
    text: "Cannot reach the tools: killed",
  });
});

test("our own tools keep their hints; of others the worst is said", async () => {
  const toolbox = fakeToolbox(TOOLS);
  const described = (name: string) => ({ name, description: "", inputSchema: {} });
  const [view, other] = proxiedTools(toolbox, [
    described("stakpak__view"),
    described("stakpak__format_disk"),
  ]);
  equal(view!.annotations.readOnlyHint, true);
  deepEqual(other!.annotations, {
    readOnlyHint: false,
    destructiveHint: true,
    idempotentHint: false,
    openWorldHint: true,
  });
  await toolbox.kill();
});
