import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { boxProgram } from "../../src/sandbox/box_program.ts";
import { type FakeFile, fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const PROGRAM = ["/usr/bin/deno", "run", "--quiet", "--allow-read", "/src/stakpak/dist/stakpak.js"];
const at = (time: string): FakeFile => ({ text: "", modified: new Date(`2026-11-22T${time}Z`) });

function checkout(files: Record<string, FakeFile>) {
  return fakeHost({ program: PROGRAM, files: { "/usr/bin/deno": "", ...files } });
}

test("a compiled program is mounted and started by itself", async () => {
  const host = fakeHost({ program: ["/usr/local/bin/stakpak"], files: { "/usr/local/bin/stakpak": "" } });
  deepEqual(await boxProgram(host), {
    mounts: [{
      source: "/usr/local/bin/stakpak",
      target: "/opt/stakpak/stakpak",
      access: "ro",
      label: "shared",
    }],
    command: ["/opt/stakpak/stakpak"],
  });
});

test("a bundle is mounted with its runtime, links followed, and started with the rights that we have", async () => {
  const { mounts, command, env } = await boxProgram(fakeHost({
    program: PROGRAM,
    files: {
      "/usr/bin/deno": { link: "/usr/lib/deno" },
      "/usr/lib/deno": "",
      "/src/stakpak/dist/stakpak.js": "",
    },
  }));
  deepEqual(mounts.map(({ source, target, access }) => [source, target, access]), [
    ["/usr/lib/deno", "/opt/stakpak/deno", "ro"],
    ["/src/stakpak/dist/stakpak.js", "/opt/stakpak/stakpak.js", "ro"],
  ]);
  deepEqual(command.slice(0, 2), ["/opt/stakpak/deno", "run"]);
  ok(command.join(" ").includes("--quiet --allow-read data:text/javascript,"));
  equal(command.join(" ").includes("/src/stakpak"), false);
  deepEqual(env, { DENO_NO_UPDATE_CHECK: "1", DENO_DISABLE_NODE_SHIM: "1" });
});

test("a bundle that is missing, or older than a source, is refused with the command that makes it", async () => {
  const sources = { "/src/stakpak/main.ts": at("10:00:00"), "/src/stakpak/src/cli/run.ts": at("11:00:00") };
  await rejects(boxProgram(checkout(sources)), {
    message: "Cannot start a sandbox: /src/stakpak/dist/stakpak.js is missing",
    hint: "deno task bundle",
  });
  await rejects(boxProgram(checkout({ ...sources, "/src/stakpak/dist/stakpak.js": at("10:30:00") })), {
    message: "Cannot start a sandbox: /src/stakpak/dist/stakpak.js is older than /src/stakpak/src/cli/run.ts",
    hint: "deno task bundle",
  });
  await boxProgram(checkout({ ...sources, "/src/stakpak/dist/stakpak.js": at("11:00:00") }));
});
