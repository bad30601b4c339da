import { deepEqual, equal } from "node:assert/strict";
import { CommandNotFound } from "../../src/host/inspection.ts";
import { readServerCa, renderServerCa } from "../../src/mcp/handshake.ts";
import { createIdentity } from "../../src/mcp/identity.ts";
import { attachedProcess } from "../../src/sandbox/attached_process.ts";
import { fakeClock } from "../fakes/fake_clock.ts";
import { fakeDocker } from "../fakes/fake_docker.ts";
import { test } from "../sanitized.ts";

const { caPem } = await createIdentity("server");
const AS_IT_IS = { redact: (text: string) => text };

test("attachedProcess() reads lines of stdout, and logs both streams", async () => {
  const docker = fakeDocker();
  const attached = attachedProcess(docker.host, ["docker", "run"], AS_IT_IS);
  const next = attached.lines.next();
  docker.printError("warning\n");
  docker.print("hello\nwor");
  await attached.spoke;
  equal((await next).value, "hello");
  docker.print("ld");
  docker.end(3);
  equal(await attached.ended, 3);
  deepEqual([await attached.lines.next(), await attached.lines.next()], [
    { done: false, value: "world" },
    { done: true, value: undefined },
  ]);
  deepEqual(attached.log.last(), ["warning", "hello", "world"]);
  equal(attached.isRunning(), false);
});

// The seed's readings: noise before and after, either line end, slow lines, cut anywhere, a second block.
test("the authority is read from output as it really comes", async () => {
  const block = renderServerCa(caPem);
  const outputs: string[][] = [
    [`🔐 mTLS enabled - independent identity (sandbox mode)\n${block}MCP server started at https://0.0.0.0:8080/mcp\n`],
    [`\x1b[32mstarting\x1b[0m\r\n`, block.replaceAll("\n", "\r\n")],
    [...`noise\n${block}`],
    block.split(/(?<=\n)/),
    [block, renderServerCa((await createIdentity("server")).caPem)],
  ];
  for (const chunks of outputs) {
    const docker = fakeDocker();
    const attached = attachedProcess(docker.host, ["docker", "run"], AS_IT_IS);
    const reading = readServerCa(attached.lines);
    for (const chunk of chunks) {
      docker.print(chunk);
      await Promise.resolve();
    }
    equal(await reading, caPem);
    docker.end(0);
    await attached.ended;
  }
});

test("attachedProcess() never rejects: what cannot start has ended, and says why", async () => {
  const { host } = fakeDocker();
  const missing = { ...host, stream: () => Promise.reject(new CommandNotFound("docker")) };
  const attached = attachedProcess(missing, ["docker", "run"], AS_IT_IS);
  await attached.spoke;
  equal(await attached.ended, 125);
  deepEqual(attached.log.last(), ['Cannot run "docker": not found on PATH']);
});

test("attachedProcess() is waited for no longer than asked, and stopped without a word", async () => {
  using clock = fakeClock();
  const attached = attachedProcess(fakeDocker().host, ["docker", "run"], AS_IT_IS);
  const waiting = attached.within(500);
  await clock.pass(500);
  await waiting;
  equal(attached.isRunning(), true);
  await attached.stop();
  equal(attached.isRunning(), false);
  deepEqual(attached.log.last(), []);
});
