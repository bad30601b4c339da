import { deepEqual, equal, match, rejects } from "node:assert/strict";
import * as z from "zod";
import { defineTool, type ToolScope } from "../../src/mcp/tool.ts";
import { startToolCalls, STOP_MS } from "../../src/mcp/tool_calls.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { fakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";

const never = new AbortController().signal;
const nobody = () => {};

function start(tools = fakeTools().tools) {
  const log: string[] = [];
  const host = fakeHost();
  return { log, calls: startToolCalls({ tools, host, workspace: "/work", log: (line) => log.push(line) }) };
}

/** A tool that does what it is told with its scope. */
function toolWith(run: (scope: ToolScope, signal: AbortSignal) => Promise<void>) {
  return defineTool({
    name: "keeper",
    description: "keeps something",
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    input: z.strictObject({}),
    async run(_input, { scope, signal }) {
      await run(scope, signal);
      return { text: "kept" };
    },
  });
}

test("call() knows no tool but those it was given", () => {
  equal(start().calls.call("nothing", {}, never, nobody), undefined);
  equal(start().calls.call("constructor", {}, never, nobody), undefined);
});

test("call() logs a tool's bug with its stack and says nothing of it", async () => {
  const { calls, log } = start();
  deepEqual(await calls.call("broken", {}, never, nobody), {
    code: "INTERNAL_ERROR",
    text: "broken failed for a reason of its own",
  });
  match(log.join("\n"), /^broken has a bug: Error: a bug\n {4}at /);
});

test("call() rejects with the reason of its signal, also of one that had aborted before", async () => {
  const reason = new Error("enough");
  const { calls, log } = start();
  const ending = new AbortController();
  const waiting = calls.call("wait", {}, ending.signal, nobody)!;
  ending.abort(reason);
  await rejects(waiting, reason);
  deepEqual(log, []);
});

test("call() refuses the 257th call at a time", async () => {
  const { calls } = start();
  const ending = new AbortController();
  const waiting = Array.from({ length: 256 }, () => calls.call("wait", {}, ending.signal, nobody)!);
  deepEqual(await calls.call("echo", { text: "" }, never, nobody), {
    code: "TOO_MANY_CALLS",
    text: "256 calls are under way: wait for one",
  });
  ending.abort();
  await Promise.allSettled(waiting);
  deepEqual(await calls.call("echo", { text: "again" }, never, nobody), { text: "again" });
});

test("every call of nobody sees the same scope, and its workspace", async () => {
  const scopes: ToolScope[] = [];
  const { calls } = start([toolWith((scope) => Promise.resolve(void scopes.push(scope)))]);
  await calls.call("keeper", {}, never, nobody);
  await calls.call("keeper", {}, never, nobody);
  equal(scopes[0], scopes[1]);
  equal(scopes[0]!.workspace, "/work");
});

test("stop() ends the calls, then nothing more can be called", async () => {
  const { calls } = start();
  const waiting = rejects(calls.call("wait", {}, never, nobody)!, /the server is stopping/);
  await calls.stop();
  await waiting;
  await rejects(calls.call("echo", { text: "" }, never, nobody)!, /the server is stopping/);
});

test("stop() waits for what tools keep, and ends it once", async () => {
  const ended: string[] = [];
  const keeper = toolWith((scope) => {
    scope.onStop(async () => void ended.push(await Promise.resolve("ended")));
    return Promise.resolve();
  });
  const { calls } = start([keeper]);
  await calls.call("keeper", {}, never, nobody);
  await calls.stop();
  await calls.stop();
  deepEqual(ended, ["ended"]);
});

test("stop() waits for a tool that ends slowly, but not for one that never does", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const { calls } = start([toolWith(() => {
    begun.resolve();
    return promise;
  })]);
  const stuck = calls.call("keeper", {}, never, nobody)!;
  await begun.promise;
  const before = performance.now();
  await calls.stop();
  const took = performance.now() - before;
  equal(took > STOP_MS - 100 && took < STOP_MS + 400, true, `${took} ms`);
  resolve();
  await stuck;
});
