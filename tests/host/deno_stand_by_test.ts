import { equal } from "node:assert/strict";
import { signalByStanding, standBy } from "../../src/host/deno_stand_by.ts";
import { test } from "../sanitized.ts";

function group(): Deno.ChildProcess {
  return new Deno.Command("sh", { args: ["-c", "sleep 1000 & wait"], detached: true }).spawn();
}

test("signalByStanding() ends a process group, one after the other", async () => {
  await using _standing = standBy();
  const [one, two] = [group(), group()];
  equal(await signalByStanding(one.pid, "TERM"), true);
  equal(await signalByStanding(two.pid, "KILL"), true);
  equal((await one.status).signal, "SIGTERM");
  equal((await two.status).signal, "SIGKILL");
});

test("signalByStanding() says that nobody stands by", async () => {
  equal(await signalByStanding(1, "TERM"), false);
});

for (const signal of ["SIGSTOP", "SIGKILL"] as const) {
  test(`a shell that got ${signal} is not waited for again`, async () => {
    await using standing = standBy();
    Deno.kill(standing.pid, signal);
    const running = group();
    equal(await signalByStanding(running.pid, "TERM"), false);
    equal(await signalByStanding(running.pid, "TERM"), false);
    Deno.kill(-running.pid, "SIGKILL");
    await running.status;
  });
}
