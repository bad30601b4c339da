import assert from "node:assert/strict";
import { allGrants, grantText, heldGrants, unneeded } from "../../src/cli/drop_grants.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const kept = (command: string) => {
  const dropped = new Set(unneeded(command).map(grantText));
  return allGrants().map(grantText).filter((grant) =>
    !dropped.has(grant) && !grant.startsWith("env:") && !grant.startsWith("sys:")
  );
};

test("unneeded() keeps nothing but looking for a command that is not in its table", () => {
  assert.deepEqual(kept("no such command"), ["read"]);
});

test("unneeded() leaves an editing command without network and programs", () => {
  assert.deepEqual(kept("autopilot schedule add"), ["read", "write"]);
});

test("unneeded() leaves doctor without a shell and without what starts sandboxes outside Docker", () => {
  const grants = kept("doctor");
  assert.ok(grants.includes("run:docker"));
  for (const program of ["sh", "setsid", "env", "warden"]) {
    assert.ok(!grants.includes(`run:${program}`), program);
  }
});

test("heldGrants() asks the host, one grant at a time", async () => {
  const host = fakeHost();
  await host.drop({ name: "run", value: "docker" });
  const held = await heldGrants(host);
  assert.ok(!held.includes("run:docker"));
  assert.ok(held.includes("run:df"));
});
