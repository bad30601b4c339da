import assert from "node:assert/strict";
import { checkHostTools } from "../../src/config/host_tools.ts";
import { test } from "../sanitized.ts";
import { autopilot } from "./loaded.ts";

test("checkHostTools() refuses host_tools beside any channel, a broken one too", () => {
  for (const channel of ["[channels.slack]\n", "[channels.telegram]\nopen = 3\n", "[channels.irc]\n"]) {
    const error = checkHostTools(autopilot(`[server]\nhost_tools = true\n${channel}`));
    assert.match(
      error!.message,
      /^Cannot start \(autopilot\.toml:2:14\): server\.host_tools is true while channels/,
    );
    assert.equal(error!.exitCode, 2);
    assert.match(error!.hint!, /remove host_tools/);
  }
});

test("checkHostTools() has nothing against either of them alone", () => {
  for (const text of ["", "[server]\nhost_tools = true\n", "[channels.slack]\n"]) {
    assert.equal(checkHostTools(autopilot(text)), undefined);
  }
  assert.equal(checkHostTools(autopilot("[server]\nhost_tools = false\n[channels.slack]\n")), undefined);
});

test("checkHostTools() refuses a value that is neither true nor false", () => {
  assert.match(checkHostTools(autopilot('[server]\nhost_tools = "no"\n'))!.message, /must be true or false/);
});
