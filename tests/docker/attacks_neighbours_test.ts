/**
 * From inside a box: another session's box, each with a box of its own.
 *
 * @module
 */
import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import { sessionName } from "../../src/domain/session_name.ts";
import { ephemeralSource } from "../../src/sandbox/ephemeral_source.ts";
import { sessionFolder, tidySessionFolder } from "../../src/sandbox/session_folder.ts";
import { attackStage, refused, sh, works } from "./attack_stage.ts";
import { docker, dockerTest } from "./docker.ts";

/** A name for a process that is in no other line. */
const SLEEP = 31_536;
const NEVER = new AbortController().signal;

dockerTest("a box sees no process of another, cannot trace or signal one, and shares no memory", async () => {
  await using on = await attackStage();
  const [one, two] = await Promise.all([on.box("one"), on.box("two")]);
  const holding = sh(
    one,
    `echo one > /dev/shm/note; echo one > ~/note; echo one > /tmp/note; exec sleep ${SLEEP}`,
  );
  const held = holding.catch((error) => error);
  // As the machine sees it, and as its own box does.
  const pid = await processOf(one.name);
  const names = "cat /proc/[0-9]*/cmdline | tr '\\0' ' '";
  match(await sh(one, names), new RegExp(`sleep ${SLEEP}`));
  equal((await sh(two, names)).includes(`sleep ${SLEEP}`), false);
  await refused(two, [
    [`kill -9 ${pid}`, /No such process/],
    // PTRACE_ATTACH, and its successor PTRACE_SEIZE.
    [`perl -e 'syscall(101, 16, ${pid}, 0, 0) == -1 and die "$!\\n"'`, /No such process/],
    [`perl -e 'syscall(101, 0x4206, ${pid}, 0, 0) == -1 and die "$!\\n"'`, /No such process/],
    [`cat /proc/${pid}/root/tmp/note /proc/${pid}/mem`, /No such file or directory/],
    ["cat /dev/shm/note ~/note /tmp/note", /No such file or directory/],
    ["ls /run/stakpak/*/*/in /run/stakpak/in/../../*/in", /No such file or directory/],
  ]);
  equal(await sh(two, "find /dev/shm /dev/mqueue -mindepth 1"), "No output");
  await works(one);
  await docker("kill", one.name);
  match(String(await held), /^ToolboxGone/);
  await works(two);
});

dockerTest("a box reaches no socket of another, by its path or by an abstract name", async () => {
  await using on = await attackStage();
  const [one, two] = await Promise.all([on.box("one"), on.box("two")]);
  const listen =
    `perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0) and bind(S, pack_sockaddr_un("\\0note")) and listen(S, 1) or die $!;
    socket(T, AF_INET, SOCK_STREAM, 0) and bind(T, sockaddr_in(4444, INADDR_ANY)) and listen(T, 1) or die $!;
    open F, ">", "/workspace/listening"; close F; sleep ${SLEEP}'`;
  const held = sh(one, listen).catch((error) => error);
  while (await Deno.stat(`${on.stage.workspace}/listening`).catch(() => undefined) === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const connect =
    `perl -MSocket -e 'socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, pack_sockaddr_un("\\0note")) or die "$!\\n"'`;
  equal(await sh(one, connect), "No output");
  await refused(two, [
    [connect, /Connection refused/],
    ["bash -c 'echo > /dev/tcp/127.0.0.1/4444'", /Connection refused/],
  ]);
  const addresses = "cat /proc/net/fib_trie | grep -oE '[0-9]+(\\.[0-9]+){3}' | sort -u; ls /sys/class/net";
  deepEqual((await sh(two, addresses)).split("\n").filter((line) => !/^127\.|^0\./.test(line)), ["lo"]);
  await docker("kill", one.name);
  await held;
});

dockerTest(
  "an ephemeral session reads and writes no workspace but its own, which is there again after its box",
  async () => {
    await using on = await attackStage();
    await using source = ephemeralSource({
      launch: on.stage.launcher.launch,
      now: () => new Date(),
      // Every call has a box of its own.
      idleMs: 1,
      ended: (session) => tidySessionFolder(on.stage.host, on.stage, session),
      log: (line) => on.stage.lines.push(line),
    });
    const folder = await sessionFolder(on.stage, "one");
    {
      await using one = await source.lease("one", NEVER);
      await using two = await source.lease("two", NEVER);
      await using none = await source.lease("none", NEVER);
      const before = await sh({ toolbox: one }, "echo of one > note; chmod 666 note; pwd; hostname");
      match(before, /^\/workspace\n/);
      await refused({ toolbox: two }, [
        ["cat /workspace/note", /No such file/],
        [`cat ${folder}/note ${on.stage.workspace}/note`, /No such file/],
        ["ls /workspace/../*/note /workspace/*/note ../sessions", /No such file/],
        [`echo of two > ${folder}/note`, /No such file|nonexistent/],
        // Whoever leads the way out of the workspace leads into the box.
        [`ln -s ${folder} link; cat link/note`, /No such file/],
        [`rmdir /workspace || mv /workspace /gone`, /busy|Read-only file system|Permission denied/],
      ]);
      equal(await sh({ toolbox: none }, "ls -A /workspace"), "No output");
      const after = await sh({ toolbox: one }, "cat note; hostname");
      match(after, /^of one\n/);
      notEqual(after.split("\n").at(-1), before.split("\n").at(-1));
    }
    // Only what is empty goes with its session.
    const left = (await Array.fromAsync(Deno.readDir(on.stage.sessions))).map(({ name }) => name).sort();
    deepEqual(left, [await sessionName("one"), await sessionName("two")].sort());
    equal(await Deno.readTextFile(`${folder}/note`), "of one\n");
    await using again = await source.lease("one", NEVER);
    equal(await sh({ toolbox: again }, "cat note"), "of one");
  },
);

dockerTest(
  "a session's folder in which its box left links leads to them again, and the machine nowhere",
  async () => {
    await using on = await attackStage();
    const launch = (session: string) => on.stage.launcher.launch({ session, alone: true }, NEVER);
    {
      await using one = await launch("one");
      await sh(one, "ln -s / root; ln -s ../../../../.ssh .stakpak; ln -s /etc session");
    }
    await using two = await launch("two");
    equal(await sh(two, "ls -A"), "No output");
    await using again = await launch("one");
    match(await sh(again, "cat root/etc/hostname; hostname"), /^([0-9a-f]{12})\n\1$/);
    // Kept outputs are the box's own affair, too.
    match(
      await sh(again, "seq 400"),
      /could not be saved: .* leads outside the workspace|it leads outside the workspace/,
    );
  },
);

/** The pid on this machine of what sleeps in a box. */
async function processOf(name: string): Promise<string> {
  for (;;) {
    const listed = await docker("top", name, "-eo", "pid,args");
    const [, pid] = new RegExp(`^\\s*(\\d+)\\s+sleep ${SLEEP}$`, "m").exec(listed) ?? [];
    if (pid) return pid;
  }
}
