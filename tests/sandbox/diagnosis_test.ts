import { deepEqual } from "node:assert/strict";
import { diagnose } from "../../src/sandbox/diagnosis.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const INSPECT = "docker image inspect -f {{.Os}}/{{.Architecture}} debian";
const machine = (platform: string) => fakeHost({ commands: { [INSPECT]: { stdout: `${platform}\n` } } });
const EXITED = { cause: "exited", message: "The box exited with code 1" } as const;

test("diagnose() names an image that is not there, and gets it", async () => {
  const lastLines = ["docker: Error response from daemon: No such image: debian."];
  deepEqual(await diagnose(fakeHost(), { image: "debian", lastLines }), {
    lines: ["image debian is not on this machine"],
    hint: "docker pull debian",
  });
});

test("diagnose() names an image for another machine", async () => {
  const lastLines = ["exec /opt/stakpak/deno: exec format error"];
  deepEqual(await diagnose(machine("linux/arm64"), { image: "debian", lastLines, end: EXITED }), {
    lines: [
      "The box exited with code 1",
      "image debian is for linux/arm64, this machine is linux/amd64",
      "it printed last:",
      "  exec /opt/stakpak/deno: exec format error",
    ],
    hint: "docker pull --platform linux/amd64 debian",
  });
});

test("diagnose() sees that an image has no glibc, and that memory was short", async () => {
  const lastLines = ["exec /opt/stakpak/deno: no such file or directory"];
  deepEqual(
    (await diagnose(machine("linux/amd64"), { image: "debian", lastLines })).lines[0],
    "image debian has no glibc, which this program needs",
  );
  const end = { cause: "out of memory", message: "The box ran out of memory and was killed" } as const;
  deepEqual(await diagnose(machine("linux/amd64"), { image: "debian", lastLines: [], end }), {
    lines: ["The box ran out of memory and was killed", "it printed nothing"],
    hint: "raise memory under [sandbox] in autopilot.toml",
  });
});

test("diagnose() shows the last ten lines, also when docker does not answer", async () => {
  const lastLines = Array.from({ length: 15 }, (_, i) => `line ${i}`);
  const { lines } = await diagnose(fakeHost(), { image: "debian", lastLines });
  deepEqual(lines, ["it printed last:", ...lastLines.slice(5).map((line) => `  ${line}`)]);
});
