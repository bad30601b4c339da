import assert from "node:assert/strict";
import { hostSuite } from "../suites/host_suite.ts";
import { test } from "../sanitized.ts";
import { fakeHost } from "./fake_host.ts";

hostSuite("fakeHost()", () => {
  const folder = "/home/ada/test";
  const host = fakeHost({
    files: {
      [`${folder}/hello`]: "hello\n",
      [`${folder}/link`]: { link: `${folder}/hello` },
      [`${folder}/dangling`]: { link: `${folder}/gone` },
    },
    commands: {
      "sh -c echo out; echo err >&2; exit 3": { code: 3, stdout: "out\n", stderr: "err\n" },
      "sh -c sleep 1000": "hang",
    },
  });
  return Promise.resolve({ host, folder, [Symbol.asyncDispose]: () => Promise.resolve() });
});

test("fakeHost() refuses a command line that is not in its table", async () => {
  const host = fakeHost({ commands: { "docker --version": {} } });
  await assert.rejects(host.run(["docker", "ps"]), /Cannot fake "docker ps"/);
});

test("fakeHost() names the command lines that nobody ran", async () => {
  const host = fakeHost({ commands: { "docker --version": {}, "docker ps": {} } });
  await host.run(["docker", "ps"]);
  assert.deepEqual(host.unused(), ["docker --version"]);
});
