import assert from "node:assert/strict";
import { lazySandbox } from "../../src/cli/lazy_sandbox.ts";
import type { SandboxSource, SandboxState } from "../../src/sandbox/source.ts";
import { test } from "../sanitized.ts";

const STATE: SandboxState = {
  mode: "persistent",
  healthy: true,
  consecutiveOk: 1,
  consecutiveFailures: 0,
  totalRespawnAttempts: 0,
  gaveUp: false,
};

function counted(failures = 0) {
  const seen = { opened: 0, ended: 0 };
  const sandbox = lazySandbox(() => {
    seen.opened++;
    if (seen.opened <= failures) return Promise.reject(new Error("no Docker"));
    const source: SandboxSource = {
      lease: () => Promise.reject(new Error("not asked for")),
      state: () => STATE,
      [Symbol.asyncDispose]: () => Promise.resolve(void seen.ended++),
    };
    return Promise.resolve(source);
  });
  return { seen, sandbox };
}

test("lazySandbox() opens nothing before it is asked, once for all, and ends what it opened", async () => {
  const { seen, sandbox } = counted();
  assert.deepEqual([seen.opened, sandbox.state()], [0, undefined]);
  const [one, other] = await Promise.all([sandbox.source(), sandbox.source()]);
  assert.equal(one, other);
  assert.deepEqual([seen, sandbox.state()], [{ opened: 1, ended: 0 }, STATE]);
  await sandbox[Symbol.asyncDispose]();
  assert.equal(seen.ended, 1);
});

test("lazySandbox() tries again after a failure", async () => {
  const { seen, sandbox } = counted(1);
  await assert.rejects(sandbox.source(), /no Docker/);
  assert.equal(sandbox.state(), undefined);
  await sandbox.source();
  assert.equal(seen.opened, 2);
  await sandbox[Symbol.asyncDispose]();
});

test("lazySandbox() ends what is being opened, and opens nothing afterwards", async () => {
  const { seen, sandbox } = counted();
  const opening = sandbox.source();
  await sandbox[Symbol.asyncDispose]();
  await opening;
  assert.deepEqual(seen, { opened: 1, ended: 1 });
  await assert.rejects(sandbox.source(), /it was stopped/);
});

test("lazySandbox() ends where it was never opened, and where it could not be", async () => {
  await counted().sandbox[Symbol.asyncDispose]();
  const { sandbox } = counted(9);
  const opening = sandbox.source();
  await Promise.all([assert.rejects(opening, /no Docker/), sandbox[Symbol.asyncDispose]()]);
});
