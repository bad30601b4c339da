import { deepEqual, equal, match } from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { deno } from "../../scripts/deno.ts";
import { DENIED_NET, PERMISSIONS, programFlags, UNSTABLE } from "../../src/cli/permissions.ts";
import { test } from "../sanitized.ts";

const RUNS_THE_PROGRAM = ["stakpak", "doctor", "preflight"] as const;

test("deno.json grants the tasks what the permission table grants, and no more", () => {
  const granted = Object.fromEntries(PERMISSIONS.map(({ name, values }) => [name, values ?? true]));
  deepEqual(project.permissions, { stakpak: { ...granted, net: { allow: true, deny: DENIED_NET } } });
});

test("the tasks that run the program take the table's permissions and never -A", () => {
  for (const name of RUNS_THE_PROGRAM) {
    const runs = project.tasks[name].command.split(" && ").at(-1)!;
    match(runs, /^deno run --quiet --no-prompt -P=stakpak main\.ts( |$)/);
  }
});

test("the flags of the program never give everything or foreign code", () => {
  deepEqual(programFlags().filter((flag) => /^(-A|--allow-(all|ffi|import).*)$/.test(flag)), []);
});

test("a task hands its arguments on, and answers on stdout with nothing else", async () => {
  equal(await deno(["task", "--quiet", "stakpak", "--version"]), `${project.version}\n`);
});

test("the tasks of the project are all there, each with something to do", () => {
  const wanted =
    "ok test test:docker test:bundle soak bench bundle compile stakpak doctor preflight fmt lint check";
  deepEqual(Object.keys(project.tasks), wanted.split(" "));
});

test("deno.json and the bundle turn on the same unstable features", () => {
  deepEqual(project.unstable, UNSTABLE);
});

test("every library is pinned to one version, and the lock file is frozen", () => {
  for (const specifier of Object.values(project.imports)) {
    match(specifier, /^npm:(@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+$/);
  }
  equal(project.lock.frozen, true);
});
