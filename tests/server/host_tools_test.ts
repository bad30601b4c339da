import assert from "node:assert/strict";
import { ToolboxGone } from "../../src/domain/toolbox.ts";
import type { HostProcess } from "../../src/server/host_process.ts";
import { hostTools } from "../../src/server/host_tools.ts";
import { ownTools } from "../../src/server/own_tools.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { fakeToolbox } from "../fakes/fake_toolbox.ts";
import { fakeTools } from "../fakes/fake_tools.ts";
import { test } from "../sanitized.ts";

const signal = new AbortController().signal;

function stage() {
  const started: { end(): Promise<void>; disposed: boolean }[] = [];
  const tools = hostTools({
    sessionId: "A session!",
    start: () => {
      const toolbox = fakeToolbox(fakeTools().tools);
      const ended = Promise.withResolvers<void>();
      const one = {
        disposed: false,
        async end() {
          await toolbox.kill();
          ended.resolve();
        },
      };
      started.push(one);
      const process: HostProcess = {
        toolbox,
        ended: ended.promise,
        async [Symbol.asyncDispose]() {
          one.disposed = true;
          await one.end();
        },
      };
      return Promise.resolve(process);
    },
  });
  return { tools, started };
}

test("tools of this machine are known before their process is started, which the first call does", async () => {
  const { tools, started } = stage();
  assert.deepEqual(await tools.list(signal), ownTools());
  assert.equal(started.length, 0);
  const { text } = await tools.call({ id: "1", name: "stakpak__where", input: {} }, { signal });
  assert.equal(text, `/work/${await sessionName("A session!")}`);
  await tools.call({ id: "2", name: "stakpak__where", input: {} }, { signal });
  assert.equal(started.length, 1);
  await tools[Symbol.asyncDispose]();
  assert.equal(started[0]!.disposed, true);
});

test("a process that has ended is replaced at the next call", async () => {
  const { tools, started } = stage();
  const call = { id: "1", name: "stakpak__where", input: {} };
  await tools.call(call, { signal });
  await started[0]!.end();
  await tools.call(call, { signal }).catch((error) => assert.ok(error instanceof ToolboxGone));
  await tools.call(call, { signal });
  assert.equal(started.length, 2);
  await tools[Symbol.asyncDispose]();
  assert.deepEqual(started.map(({ disposed }) => disposed), [true, true]);
});

test("tools on this machine are ours, those of another server are not", async () => {
  const { tools } = stage();
  assert.equal(tools.place, "host");
  // Whoever starts the run says where they run.
  assert.deepEqual(tools.notes(), []);
  assert.deepEqual([tools.isOurs("stakpak__view"), tools.isOurs("paks__view")], [true, false]);
  await tools[Symbol.asyncDispose]();
});
