/**
 * From inside a box: more memory, and more processes, than it may have. The box and this machine stay usable.
 *
 * @module
 */
import { equal, match, ok } from "node:assert/strict";
import { ephemeralSource } from "../../src/sandbox/ephemeral_source.ts";
import { attackStage, sh, works } from "./attack_stage.ts";
import { docker, dockerTest } from "./docker.ts";

const NEVER = new AbortController().signal;

dockerTest("a program that takes 2 GiB is killed, and its box goes on", async () => {
  await using on = await attackStage();
  const box = await on.box();
  const said = await sh(box, `perl -e '$x = "a" x (2 << 30); print length $x'`);
  match(said, /^Command exited with code 137$/m);
  await works(box);
});

dockerTest(
  "who fills the memory of a box with files gets no more than a share of it, and the box goes on",
  async () => {
    await using on = await attackStage();
    const box = await on.box();
    for (const [folder, megabytes] of [["/tmp", 512], ["~", 256], ["/dev/shm", 64]] as const) {
      const said = await sh(box, `head -c 2G /dev/zero > ${folder}/full; stat -c %s ${folder}/full`);
      match(said, /No space left on device/);
      const [bytes] = /^\d+$/m.exec(said)!;
      ok(Number(bytes) <= megabytes * 1024 * 1024, `${bytes} in ${folder}`);
      // The tools need no room there.
      await works(box);
      await sh(box, `rm ${folder}/full`);
    }
  },
);

dockerTest("a box has no more processes than its limit, whatever they do", async () => {
  await using on = await attackStage({ sandbox: { pids: 64 } });
  const box = await on.box();
  const forks =
    `perl -e 'for (;;) { $pid = fork; die "$! after $n\\n" if !defined $pid; if (!$pid) { sleep 1000; exit } $n++ }'`;
  const said = await sh(box, forks);
  const [, count] = /Resource temporarily unavailable after (\d+)/.exec(said)!;
  ok(Number(count) < 64, said);
  await works(box);
  equal(await docker("inspect", "--format", "{{.State.Running}}", box.name), "true");
});

for (
  const [name, bomb] of Object.entries({
    "that wait": "bash -c ':() { : | : & }; :'; sleep 1000",
    "that never rest": `perl -e 'fork while 1'`,
  })
) {
  dockerTest(`a fork bomb of processes ${name} ends with its call, and the box goes on`, async () => {
    await using on = await attackStage({ sandbox: { pids: 64 } });
    const box = await on.box();
    match(await sh(box, bomb, 2), /Command timed out after 2 seconds/);
    await works(box);
    const left = "for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline; echo; done | grep -cE '^(perl|bash)'";
    match(await sh(box, left), /^COMMAND_FAILED\n0$/m);
  });
}

dockerTest(
  "a fork bomb that leaves its call behind ends its box, and says so: another takes its place",
  async () => {
    await using on = await attackStage({ sandbox: { pids: 64 } });
    const source = ephemeralSource({
      launch: on.stage.launcher.launch,
      now: () => new Date(),
      log: () => {},
    });
    await using stack = new AsyncDisposableStack();
    stack.use(source);
    const lease = stack.use(await source.lease("s1", NEVER));
    const run = async (command: string) => {
      const call = { id: "1", name: "stakpak__run_command", input: { command } };
      return (await lease.call(call, { signal: NEVER })).text;
    };
    equal(
      await run(
        "touch /tmp/first; perl -MPOSIX -e 'exit if fork; POSIX::setsid(); close STDOUT; close STDERR; fork while 1'",
      ),
      "No output",
    );
    match(await run("echo fine").catch(String), /there are too many processes|^ToolboxGone/);
    // The box that had the first file is gone.
    let said = "";
    while (said !== "fine") said = await run("test ! -e /tmp/first && echo fine").catch(String);
  },
);
