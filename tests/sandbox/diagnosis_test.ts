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
    cause: "image debian is not present",
    lines: [],
    hint: "docker pull debian",
  });
});

test("diagnose() names an image for another machine", async () => {
  const lastLines = ["exec /opt/stakpak/deno: exec format error"];
  deepEqual(await diagnose(machine("linux/arm64"), { image: "debian", lastLines, end: EXITED }), {
    cause: "image debian is for linux/arm64, this machine is linux/amd64",
    lines: [
      "it printed last:",
      "  exec /opt/stakpak/deno: exec format error",
    ],
    hint: "docker pull --platform linux/amd64 debian",
  });
});

test("diagnose() sees that an image has no glibc, and that memory was short", async () => {
  for (
    const line of [
      "exec /opt/stakpak/deno: no such file or directory",
      "[FATAL tini (7)] exec /opt/stakpak/deno failed: No such file or directory",
      "/opt/stakpak/deno: error while loading shared libraries: libgcc_s.so.1: cannot open shared object file",
    ]
  ) {
    deepEqual(await diagnose(machine("linux/amd64"), { image: "debian", lastLines: [line] }), {
      cause: "image debian has no glibc, which this program needs",
      lines: ["it printed last:", `  ${line}`],
      hint: "take an image that has one: docker pull debian:bookworm-slim",
    });
  }
  for (
    const end of [
      { cause: "out of memory", message: "The box ran out of memory and was killed" },
      {
        cause: "killed",
        message: "The box was killed (signal 9), perhaps for want of memory",
        exitCode: 137,
      },
    ] as const
  ) {
    deepEqual(await diagnose(machine("linux/amd64"), { image: "debian", lastLines: [], end }), {
      lines: ["it printed nothing"],
      hint: "raise memory under [sandbox] in autopilot.toml",
    });
  }
});

test("diagnose() shows the last ten lines, also when docker does not answer", async () => {
  const lastLines = Array.from({ length: 15 }, (_, i) => `line ${i}`);
  const { lines } = await diagnose(fakeHost(), { image: "debian", lastLines });
  deepEqual(lines, ["it printed last:", ...lastLines.slice(5).map((line) => `  ${line}`)]);
});
