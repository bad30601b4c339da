import { deepEqual, equal, rejects } from "node:assert/strict";
import type { McpToolbox } from "../../src/mcp/client.ts";
import type { BoxEnd } from "../../src/sandbox/box.ts";
import { startBoxProcess } from "../../src/sandbox/box_process.ts";
import { liveBox } from "../../src/sandbox/live_box.ts";
import { fakeDocker } from "../fakes/fake_docker.ts";
import { fakeToolbox } from "../fakes/fake_toolbox.ts";
import { test } from "../sanitized.ts";

const KILLED: BoxEnd = { cause: "killed", message: "The box was killed (signal 9)" };

function box() {
  const docker = fakeDocker();
  const process = startBoxProcess(docker.host, "box", ["docker", "run"], (text) => text);
  const done: string[] = [];
  const lines: string[] = [];
  const taken = new AsyncDisposableStack();
  taken.defer(async () => {
    done.push("removed");
    await process.remove();
  });
  const live = liveBox({
    name: "box",
    process,
    toolbox: fakeToolbox([]) as unknown as McpToolbox,
    tools: [],
    timings: [],
    certificatesEnd: new Date(0),
    taken,
    whyEnded: () => {
      done.push("asked");
      return Promise.resolve(KILLED);
    },
    log: (line) => void lines.push(line),
  });
  return { docker, live, done, lines, taken };
}

test("a box that is disposed was stopped, whoever asks and however often", async () => {
  const { live, done } = box();
  await Promise.all([live[Symbol.asyncDispose](), live[Symbol.asyncDispose]()]);
  deepEqual(await live.ended, { cause: "stopped", message: "The box was stopped" });
  deepEqual(done, ["removed"]);
});

test("a box that ends by itself is asked why before it is removed, by itself too", async () => {
  const { docker, live, done } = box();
  docker.print("last words\n");
  docker.end(137);
  deepEqual(await live.ended, KILLED);
  await live[Symbol.asyncDispose]();
  deepEqual(done, ["asked", "removed"]);
  deepEqual(live.lastLines(), ["last words"]);
});

test("what cannot be tidied up after a box that ended by itself is told", async () => {
  const { docker, live, lines, taken } = box();
  const failed = Promise.withResolvers<void>();
  taken.defer(() => {
    failed.resolve();
    throw new Error("disk full");
  });
  docker.end(1);
  await live.ended;
  await failed.promise;
  await rejects(async () => await live[Symbol.asyncDispose](), { message: "disk full" });
  equal(lines[0], "Cannot tidy up after box: disk full");
});
