import { deepEqual, equal } from "node:assert/strict";
import { boxEnd } from "../../src/sandbox/box_end.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const INSPECT = "docker inspect --type container -f {{json .State}} box";

async function end(state: Record<string, unknown>, clientCode = 137) {
  const whole = { Status: "exited", OOMKilled: false, ExitCode: 0, Error: "", ...state };
  return await boxEnd(
    fakeHost({ commands: { [INSPECT]: { stdout: JSON.stringify(whole) } } }),
    "box",
    clientCode,
  );
}

test("boxEnd() tells memory, signals, exits, a killed client and a start that failed apart", async () => {
  deepEqual(await end({ OOMKilled: true, ExitCode: 137 }), {
    cause: "out of memory",
    message: "The box ran out of memory and was killed",
    exitCode: 137,
  });
  deepEqual(await end({ ExitCode: 143 }), {
    cause: "killed",
    message: "The box was killed (signal 15)",
    exitCode: 143,
  });
  equal(
    (await end({ ExitCode: 137 })).message,
    "The box was killed (signal 9), perhaps for want of memory",
  );
  // Something in it had run out of memory once, and it lived on.
  equal((await end({ OOMKilled: true, ExitCode: 1 })).message, "The box exited with code 1");
  deepEqual(await end({ Status: "running" }, 143), {
    cause: "killed",
    message: "The docker client of the box was killed",
    exitCode: 143,
  });
  deepEqual(await end({ Status: "created", Error: 'exec: "/x": no such file' }, 127), {
    cause: "exited",
    message: 'The box could not start: exec: "/x": no such file',
    exitCode: 127,
  });
  equal((await end({ Status: "created", Error: "No such image: debian" })).cause, "image gone");
});

test("boxEnd() says when the engine is down, and when somebody removed the box", async () => {
  const asked = (stderr: string) =>
    boxEnd(fakeHost({ commands: { [INSPECT]: { code: 1, stderr } } }), "box", 1);
  deepEqual(await asked("Cannot connect to the Docker daemon at unix:///x.\n"), {
    cause: "engine down",
    message: "Docker does not answer: Cannot connect to the Docker daemon at unix:///x.",
  });
  deepEqual(await asked("Error: No such container: box"), {
    cause: "killed",
    message: "The box was removed by somebody else",
  });
  equal((await boxEnd(fakeHost(), "box", 1)).cause, "engine down");
});
