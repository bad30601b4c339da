import { rejects } from "node:assert/strict";
import { judgeOwnPrograms } from "../../src/sandbox/own_programs.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const FOLDER = { kind: "directory", mode: 0o755, uid: 1000 } as const;
const FILES = {
  "/work": FOLDER,
  "/work/bin": FOLDER,
  "/work/dist/stakpak.js": "",
  "/usr/bin": FOLDER,
  "/usr/bin/deno": "",
  "/opt/bin": { link: "/work/bin" },
};

function judged(machine: FakeMachine) {
  return judgeOwnPrograms(fakeHost({ files: FILES, program: ["/usr/bin/deno"], ...machine }), ["/work"]);
}

test("a program that a box could replace is refused, be it the runtime, the bundle, or found by PATH", async () => {
  await judged({});
  await rejects(judged({ program: ["/usr/bin/deno", "run", "/work/dist/stakpak.js"] }), {
    message:
      'Cannot start a sandbox: "/work/dist/stakpak.js" is inside "/work", which the box can write: it could put a program of its own there',
    hint: "install this program elsewhere, or choose another folder",
  });
  await rejects(judged({ program: ["/work/bin/stakpak"] }), /"\/work\/bin\/stakpak" is inside "\/work"/);
  await rejects(judged({ env: { PATH: "/usr/bin:/work/bin" } }), { hint: "take it out of PATH" });
  await rejects(judged({ env: { PATH: "/opt/bin:/usr/bin" } }), /"\/opt\/bin" is inside "\/work"/);
});
