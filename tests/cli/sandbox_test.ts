/**
 * `stakpak sandbox …` where Docker is a table. On real Docker: `tests/docker/sandbox_cli_test.ts`.
 *
 * @module
 */
import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { runCli } from "../../src/cli/run.ts";
import { commandLine } from "../../src/cli/sandbox_run.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

/** It names the run folder by the beginning of the SHA-256 of `/home/ada/.stakpak/run`. */
const LIST = "docker ps --all --no-trunc --filter label=stakpak.home=370246f7f3d6 --format " +
  '{{.Names}}\t{{.Label "stakpak.instance"}}\t{{.Label "stakpak.session"}}\t{{.Image}}\t{{.Status}}';
const A = "stakpak-00000001-0000000a";
const B = "stakpak-00000001-0000000b";
const line = (name: string, session: string) => `${name}\t00000001\t${session}\tdebian:12\tUp 5 minutes\n`;
const LOGS = `docker logs --tail 500 ${A}`;

const WORKSPACE = { "autopilot/workspace": { kind: "directory", mode: 0o700, uid: 1000 } } as const;

async function run(words: string, { files, ...machine }: FakeMachine = {}) {
  const host = fakeHost({
    ...machine,
    files: Object.fromEntries(
      Object.entries(files ?? {}).map(([path, text]) => [`/home/ada/.stakpak/${path}`, text]),
    ),
  });
  const exit = await runCli(words.split(" "), { host, version: "0", signal: new AbortController().signal });
  return { exit, out: host.stdout(), err: host.stderr(), host };
}

test("sandbox list shows each box with its session; what a session's name holds does not act on the terminal", async () => {
  const commands = { [LIST]: { stdout: line(A, "Slack \x1b[31mthread") } };
  const { out, exit } = await run("sandbox list", { commands });
  equal(exit, 0);
  match(
    out,
    /^BOX +SESSION +IMAGE +STATUS\nstakpak-00000001-0000000a +Slack \\u\{1b\}\[31mthread +debian:12 +Up 5 minutes\n$/,
  );
  const json = await run("sandbox list --json", { commands: { [LIST]: { stdout: line(A, "shared") } } });
  deepEqual(JSON.parse(json.out), {
    schema: 1,
    boxes: [{ name: A, instance: "00000001", session: "shared", image: "debian:12", status: "Up 5 minutes" }],
  });
});

test("sandbox list says on stderr that there are none, and exits 2 without Docker", async () => {
  const none = await run("sandbox list", { commands: { [LIST]: { stdout: "" } } });
  deepEqual([none.exit, none.out, none.err], [0, "", "No boxes\n"]);
  const missing = await run("sandbox list");
  equal(missing.exit, 2);
  match(
    missing.err,
    /^error: Cannot list the boxes: docker is not on PATH\nhint: stakpak doctor --only docker_accessible\n$/,
  );
});

test("sandbox logs shows the one box's, without secrets; with several it wants a name", async () => {
  const key = "sk-ant-api03-Zq8rT2vWx5yB7cD9eF1gH3jK4mN6pQ8s";
  const env = { ANTHROPIC_API_KEY: key };
  const one = { [LIST]: { stdout: line(A, "a") }, [LOGS]: { stdout: `it is ${key}\n`, stderr: "done\n" } };
  const { out, exit } = await run("sandbox logs", { env, commands: one });
  equal(exit, 0);
  match(out, /^it is \[REDACTED_SECRET:\w+:\w+\]\ndone\n$/);
  const two = { [LIST]: { stdout: line(B, "b") + line(A, "a") } };
  const several = await run("sandbox logs", { commands: two });
  equal(several.exit, 2);
  match(several.err, /there are 2 boxes, and none is named\nhint: stakpak sandbox list/);
  const named = await run(`sandbox logs ${A}`, { commands: { ...two, [LOGS]: { stdout: "of a\n" } } });
  equal(named.out, "of a\n");
  match(
    (await run("sandbox logs stakpak-00000001-0000000c", { commands: two })).err,
    /did you mean stakpak-/,
  );
  match((await run("sandbox logs", { commands: { [LIST]: { stdout: "" } } })).err, /there is no box$/m);
});

test("sandbox logs of a container that somebody else made are not shown", async () => {
  const { exit, host } = await run("sandbox logs postgres", {
    commands: { [LIST]: { stdout: line(A, "a") } },
  });
  equal(exit, 2);
  deepEqual(host.ran, [LIST]);
});

test("sandbox status says what boxes are like, and who shares one", async () => {
  const commands = { [LIST]: { stdout: line(A, "shared") } };
  const files = {
    "autopilot.toml": '[sandbox]\nimage = "debian:12"\negress = ["github.com:443"]\nmemory = "2g"\n' +
      '[[schedules]]\nname = "s"\ncron = "* * * * *"\nprompt = "p"\nprofile = "ops"\n',
  };
  const { out, exit } = await run("sandbox status", { commands, files });
  equal(exit, 0);
  equal(
    out,
    "mode:      persistent\n" +
      "shared by: default, ops (one trust domain; ephemeral gives each session its own box)\n" +
      "image:     debian:12\n" +
      "workspace: ~/.stakpak/autopilot/workspace (sessions: a folder for each)\n" +
      "egress:    github.com:443\n" +
      "limits:    2g memory, 2 CPUs, 256 processes\n" +
      "boxes:     1\n",
  );
});

test("sandbox status --json says the same; ephemeral boxes are shared by nobody", async () => {
  const files = { "autopilot.toml": '[server]\nsandbox_mode = "ephemeral"\n[sandbox]\nwarden = "none"\n' };
  const { out, err } = await run("sandbox status --json", { files });
  deepEqual(JSON.parse(out), {
    schema: 1,
    mode: "ephemeral",
    image: "ghcr.io/stakpak/agent:v0.3.88",
    workspace: "~/.stakpak/autopilot/sessions",
    sessions: "each sees its own",
    warden: "none",
    egress: [],
    memory: "1g",
    cpus: 2,
    pids: 256,
    boxes: null,
  });
  match(err, /^warning: Cannot list the boxes: docker is not on PATH\n$/);
});

test("sandbox status says that a configured workspace is everybody's", async () => {
  for (const mode of ["persistent", "ephemeral"]) {
    const files = {
      "autopilot.toml": `[server]\nsandbox_mode = "${mode}"\n[sandbox]\nworkspace = "/srv/work"\n`,
    };
    const { out } = await run("sandbox status", { files, commands: { [LIST]: {} } });
    match(out, /^workspace: \/srv\/work \(sessions: all share it\)$/m);
  }
});

test("no program is run while a box could have put it there: not by sandbox, warden wrap or doctor, which says so", async () => {
  const files = { ...WORKSPACE, "autopilot/workspace/bin/docker": "#!/bin/sh" };
  const env = { PATH: "/home/ada/.stakpak/autopilot/workspace/bin:/usr/bin" };
  const machine = { files, env, commands: { [LIST]: { stdout: line(A, "shared") }, "docker --version": {} } };
  const refusal = /Cannot run docker: .*, which the box can write: it could put a program of its own there\n/;
  for (const words of ["list", "prune", "logs", "run -- id", "run --ephemeral -- id"]) {
    const { exit, err, host } = await run(`sandbox ${words}`, machine);
    deepEqual([exit, host.ran], [2, []], words);
    match(err, refusal);
    match(err, /hint: take it out of PATH\n$/);
  }
  for (const words of ["mcp proxy --stdio", "warden wrap debian -- id"]) {
    const { exit, err, host } = await run(words, machine);
    deepEqual([exit, host.ran], [2, []], words);
    match(err, refusal);
  }
  const status = await run("sandbox status", machine);
  deepEqual([status.exit, status.host.ran], [0, []]);
  match(status.err, refusal);
  for (const words of ["doctor", "preflight", "doctor --live"]) {
    const { exit, out, host } = await run(words, machine);
    deepEqual([exit, host.ran], [1, []], words);
    match(out, /docker_installed +Cannot tell: .*, which the box can write/);
    match(out, /take it out of PATH/);
  }
});

test("what boxes depend on and is wrong in the file is refused, not ignored", async () => {
  for (const words of ["sandbox run id", "sandbox status", "mcp proxy --stdio"]) {
    const files = { "autopilot.toml": "[sandbox]\nmemory = 1\n" };
    const { exit, err } = await run(words, { files });
    equal(exit, 2, words);
    match(err, /^error: Cannot start a sandbox: \[sandbox\] \(~\/\.stakpak\/autopilot\.toml:2:\d+\) /);
  }
  const unknown = await run("sandbox run --profile nope id", {
    files: { "config.toml": "[profiles.ops]\n" },
  });
  equal(unknown.exit, 2);
  match(unknown.err, /nope/);
});

test("sandbox run and mcp proxy end with 2 where there is no Docker, and run nothing on this machine", async () => {
  for (const words of ["sandbox run -- id", "sandbox run --ephemeral -- id", "mcp proxy --stdio"]) {
    const { exit, err, out, host } = await run(words, { files: WORKSPACE });
    deepEqual([exit, out, host.written()], [2, "", {}], words);
    match(err, /^error: Cannot start a sandbox: docker is not on PATH\n/);
  }
});

test("--allow is refused where our own warden guards nothing", async () => {
  for (const warden of ["none", "external"]) {
    const files = { "autopilot.toml": `[sandbox]\nwarden = "${warden}"\n` };
    const { exit, err } = await run("sandbox run --allow a.example:443 -- id", { files });
    equal(exit, 2);
    match(err, new RegExp(`^error: Cannot use --allow: warden is "${warden}" under \\[sandbox\\]`));
  }
  const files = { "autopilot.toml": '[sandbox]\nwarden = "none"\n' };
  const wrapped = await run("warden wrap debian --allow a.example:443 -- id", { files });
  match(wrapped.err, /^error: Cannot use --allow: warden is "none"/);
});

test("a volume that is left out of a box is said, once", async () => {
  const files = { "autopilot.toml": '[sandbox]\nvolumes = ["/srv/none:/x"]\n', ...WORKSPACE };
  const { err } = await run("sandbox run -- id", { files });
  equal(err.match(/^warning: "\/srv\/none" is not there, it is skipped$/gm)?.length, 1);
});

test("mcp proxy says that it wants --stdio", async () => {
  const { exit, err } = await run("mcp proxy");
  equal(exit, 2);
  match(err, /hint: stakpak mcp proxy --stdio/);
});

test("the words of a command reach it as they were given", () => {
  equal(commandLine(["ls", "-la"], undefined), "ls -la");
  equal(commandLine(["echo", "a b", "$HOME", "it's"], undefined), `echo 'a b' '$HOME' 'it'\\''s'`);
  equal(commandLine(["pwd"], "/tmp/my folder"), "cd -- '/tmp/my folder' && pwd");
  doesNotMatch(commandLine(["id"], "x; rm -rf /"), /(?<!')x; rm/);
});
