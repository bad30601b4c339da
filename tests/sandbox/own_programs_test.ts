import { equal, match, rejects } from "node:assert/strict";
import { exposedPrograms, judgeOwnPrograms } from "../../src/sandbox/own_programs.ts";
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
      'Cannot run docker: "/work/dist/stakpak.js" is inside "/work", which the box can write: it could put a program of its own there',
    hint: "install this program elsewhere, or choose another folder",
  });
  await rejects(judged({ program: ["/work/bin/stakpak"] }), /"\/work\/bin\/stakpak" is inside "\/work"/);
  await rejects(judged({ env: { PATH: "/usr/bin:/work/bin" } }), { hint: "take it out of PATH" });
  await rejects(judged({ env: { PATH: "/opt/bin:/usr/bin" } }), /"\/opt\/bin" is inside "\/work"/);
});

test("a relative folder of PATH, and an empty one, are where the command was typed", async () => {
  const host = (PATH: string, here: string | undefined) => ({
    ...fakeHost({ files: FILES, program: ["/usr/bin/deno"], env: { PATH } }),
    realPath: () => Promise.resolve(here),
  });
  for (const PATH of ["bin:/usr/bin", "/usr/bin:", "./bin"]) {
    match((await exposedPrograms(host(PATH, "/work"), ["/work"]))!.why, /^"\/work.*" is inside "\/work"/);
    equal(await exposedPrograms(host(PATH, "/usr"), ["/work"]), undefined);
    equal(await exposedPrograms(host(PATH, undefined), ["/work"]), undefined);
  }
});
