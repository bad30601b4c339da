import assert from "node:assert/strict";
import { stallWatch } from "../../src/mcp/stall_watch.ts";
import { test } from "../sanitized.ts";

test("stallWatch() says again and again that a silent command runs", async () => {
  const said: string[] = [];
  const twice = Promise.withResolvers<void>();
  using _watch = stallWatch((message) => {
    if (said.push(message) === 2) twice.resolve();
  }, { quietMs: 1, tickMs: 2 });
  await twice.promise;
  for (const message of said) {
    assert.match(message, /^__INTERACTIVE_STALL__: Running for 0s \. ctrl\+r to re-run in shell mode$/);
  }
});

test("stallWatch() says nothing of a command that has just printed", async () => {
  const said: string[] = [];
  const ticked = Promise.withResolvers<void>();
  using watch = stallWatch((message) => void said.push(message), { quietMs: 60_000, tickMs: 1 });
  watch.heard();
  setTimeout(() => ticked.resolve(), 10);
  await ticked.promise;
  assert.deepEqual(said, []);
});
