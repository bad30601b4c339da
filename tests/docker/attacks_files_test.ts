/**
 * From inside a box: what is on this machine, and what a box may not become.
 *
 * @module
 */
import { deepEqual, equal, match } from "node:assert/strict";
import { BOX_ACCOUNT } from "./box_account.ts";
import { attackStage, CANARY, PLANTED, refused, sh, works } from "./attack_stage.ts";
import { docker, dockerTest } from "./docker.ts";

dockerTest(
  "a box finds no key of this machine: not at its path, not under any other, nor a socket",
  async () => {
    await using on = await attackStage();
    const box = await on.box();
    const { home } = on.stage;
    await refused(box, [
      ...PLANTED.map((path) => [`cat ${home}/${path}`, /No such file or directory/] as const),
      ...PLANTED.map((path) => [`cat ~/${path}`, /No such file or directory/] as const),
      // The mount's source leads there, if anything does.
      ["cat /workspace/../token /workspace/../../config.toml", /No such file or directory/],
      ["cat /proc/1/root/root/.ssh/id_ed25519", /Permission denied/],
    ]);
    const places = "/etc /home /mnt /opt /root /run /srv /tmp /var /workspace";
    // Written so that the search does not find itself.
    const wanted = CANARY.replace("y", "[y]");
    equal(await sh(box, `grep -rs '${wanted}' ${places}; true`), "No output");
    equal(
      await sh(box, `cat /proc/*/environ /proc/*/cmdline 2> /dev/null | grep -a '${wanted}'; true`),
      "No output",
    );
    const sockets = "find / -type s -not -path '/proc/*' 2> /dev/null | sort";
    equal(await sh(box, sockets), "/run/stakpak/in/mcp.sock\n/run/stakpak/out/egress.sock");
  },
);

dockerTest(
  "a box shows no key to whoever looks at it, and of this machine only what it is given",
  async () => {
    await using on = await attackStage({
      sandbox: { volumes: ["~/.aws:/home/agent/.aws", "~/.missing:/missing"] },
    });
    const box = await on.box(`session ${"x".repeat(200)}`);
    const inspected = await docker("inspect", box.name);
    equal(inspected.includes(CANARY), false);
    const [{ Config: { Labels, Cmd }, Mounts }] = JSON.parse(inspected);
    deepEqual(Object.keys(Labels).sort(), [
      "stakpak-test",
      "stakpak.home",
      "stakpak.instance",
      "stakpak.session",
    ]);
    equal(Cmd.some((word: string) => word.includes(on.stage.home)), false);
    const writable = Mounts.filter(({ RW }: { RW: boolean }) => RW).map(({ Source }: { Source: string }) =>
      Source
    );
    equal(writable.length, 2);
    equal(writable.some((source: string) => source === on.stage.workspace), true);
    // Listed by name: then the box can read it, and never write.
    match(await sh(box, "cat /home/agent/.aws/credentials"), new RegExp(CANARY));
    await refused(box, [["echo > /home/agent/.aws/credentials", /Read-only file system/]]);
  },
);

dockerTest("a box writes nowhere but in its workspace, its memory and the folder of its socket", async () => {
  await using on = await attackStage();
  const box = await on.box();
  await refused(box, [
    ["echo > /made", /Read-only file system/],
    ["mkdir /etc/cron.d/made", /Read-only file system|No such file/],
    ["echo > /usr/bin/made", /Read-only file system/],
    ["echo >> /etc/passwd", /Permission denied|Read-only file system/],
    ["echo > /opt/stakpak/stakpak.js", /Read-only file system/],
    ["rm /opt/stakpak/deno", /Read-only file system/],
    ["echo > /proc/sys/kernel/core_pattern", /Read-only file system/],
    ["echo b > /proc/sysrq-trigger", /nonexistent|Permission denied|Read-only/],
    [
      "mkdir /sys/fs/cgroup/memory/made || mkdir /sys/fs/cgroup/made",
      /Read-only file system|Permission denied/,
    ],
    [
      "echo 9g > /sys/fs/cgroup/memory/memory.limit_in_bytes || echo max > /sys/fs/cgroup/memory.max",
      /Permission denied|Read-only|nonexistent/,
    ],
  ]);
  const writable = "find / -xdev -writable -not -path '/proc/*' 2> /dev/null | sort";
  deepEqual((await sh(box, writable)).split("\n"), ["/home/box", "/run/stakpak/in", "/tmp", "/workspace"]);
});

dockerTest(
  "a box becomes nobody else, mounts nothing, and reaches no device or other namespace",
  async () => {
    await using on = await attackStage();
    const box = await on.box();
    const status = await sh(
      box,
      "grep -E '^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp):' /proc/self/status",
    );
    deepEqual(status.split("\n").map((line) => line.split(":\t")), [
      ...["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"].map((name) => [name, "0".repeat(16)]),
      ["NoNewPrivs", "1"],
      ["Seccomp", "2"],
    ]);
    await refused(box, [
      // Programs of the image that are root's wherever they may be.
      ["su -c id < /dev/null", /Authentication failure/],
      ["mount -t tmpfs none /mnt", /superuser|not permitted/],
      ["mount --bind / /mnt", /superuser|not permitted/],
      ["mount -o remount,rw /", /superuser|not permitted/],
      ["umount /opt/stakpak/deno", /superuser|not permitted/],
      ["perl -e '$> = 0; die qq($!\\n)'", /Operation not permitted/],
      ["setpriv --reuid 0 id", /Operation not permitted/],
      ["chown 0 /workspace", /Operation not permitted/],
      ["chroot / id", /Operation not permitted/],
      ["unshare --user --map-root-user id", /Operation not permitted/],
      ["unshare --mount id", /Operation not permitted/],
      ["nsenter --target 1 --mount id", /Operation not permitted|Permission denied/],
      ["mknod /tmp/disk b 8 0", /Operation not permitted/],
      ["ls /dev/sda /dev/vda /dev/mem /dev/kmsg", /No such file or directory/],
      ["dmesg", /Operation not permitted/],
      ["chmod 4755 /usr/bin/id", /Read-only file system|not permitted/],
    ]);
    // A program that its owner gave away is nobody's where it lies.
    const { uid, gid } = BOX_ACCOUNT;
    const own = "cp /usr/bin/id /tmp/id && chmod 6755 /tmp/id && /tmp/id";
    equal(await sh(box, own), `uid=${uid} gid=${gid} groups=${gid}`);
    await works(box);
  },
);

/** By number: not every image has a program for it. Each as `perl` says it. */
const CALLS = {
  keyctl: "250, 0, -3, 0",
  bpf: "321, 0, 0, 0",
  perf_event_open: "298, 0, 0, 0, 0, 0",
  init_module: "175, 0, 0, 0",
  kexec_load: "246, 0, 0, 0, 0",
  open_by_handle_at: "304, 0, 0, 0",
  reboot: "169, 0, 0, 0, 0",
  userfaultfd: "323, 0",
  setns: "308, 0, 0",
  swapon: "167, 0, 0",
} as const;

dockerTest("a box may not ask the kernel for what would lead out of it", async () => {
  if (Deno.build.arch !== "x86_64") return;
  await using on = await attackStage();
  const box = await on.box();
  const attempts = Object.values(CALLS).map((call) => `perl -e 'syscall(${call}) == -1 and print "$!\\n"'`);
  const said = (await sh(box, attempts.join("\n"))).split("\n");
  deepEqual(
    Object.keys(CALLS).map((name, index) => [name, said[index]]),
    Object.keys(CALLS).map((name) => [name, "Operation not permitted"]),
  );
});
