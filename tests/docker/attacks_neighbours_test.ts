/**
 * From inside a box: another session's box, each with a box of its own.
 *
 * @module
 */
import { deepEqual, equal, match } from "node:assert/strict";
import { attackStage, refused, sh, works } from "./attack_stage.ts";
import { docker, dockerTest } from "./docker.ts";

/** A name for a process that is in no other line. */
const SLEEP = 31_536;

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

/** The pid on this machine of what sleeps in a box. */
async function processOf(name: string): Promise<string> {
  for (;;) {
    const listed = await docker("top", name, "-eo", "pid,args");
    const [, pid] = new RegExp(`^\\s*(\\d+)\\s+sleep ${SLEEP}$`, "m").exec(listed) ?? [];
    if (pid) return pid;
  }
}
