import assert from "node:assert/strict";
import { debugHost } from "../../src/host/debug_host.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("debugHost() says what is asked, one JSON line each, and never what is answered", async () => {
  const lines: string[] = [];
  const host = await debugHost(
    fakeHost({
      commands: { "docker ps -f {{.ID}}": { stdout: "secret answer" } },
      files: { "/f": "secret text" },
    }),
    (line) => lines.push(line),
  );
  await host.run(["docker", "ps", "-f", "{{.ID}}"]);
  await host.readText("/f");
  assert.deepEqual(lines.map((line) => JSON.parse(line).message), ["run docker ps -f {{.ID}}", "read /f"]);
  assert.doesNotMatch(lines.join(), /secret/);
});

test("debugHost() says what was asked when the answer is a failure too", async () => {
  const lines: string[] = [];
  const host = await debugHost(fakeHost(), (line) => lines.push(line));
  await assert.rejects(host.run(["nothing"]));
  assert.equal(lines.length, 1);
});
