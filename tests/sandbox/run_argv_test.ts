import { deepEqual, ok } from "node:assert/strict";
import { BOX_LIMITS, type BoxPlan, runArgv } from "../../src/sandbox/run_argv.ts";
import { test } from "../sanitized.ts";

const PLAN: BoxPlan = {
  name: "stakpak-1-2",
  labels: { "stakpak.session": "a=b" },
  image: "debian:bookworm-slim",
  account: { uid: 1000, gid: 1001 },
  limits: BOX_LIMITS,
  mounts: [
    { source: "/w", target: "/workspace", access: "rw", label: "shared" },
    { source: "/x", target: "/in", access: "rw", label: "private" },
    { source: "/home/a,b", target: "/data", access: "ro" },
    { source: "cache", target: "/cache", access: "rw", named: true },
  ],
  env: { NO_PROXY: "localhost" },
  workdir: "/workspace",
  command: ["/opt/stakpak/stakpak", "mcp", "start"],
  selinux: false,
};

test("runArgv() says everything that a box may have, and nothing else", () => {
  deepEqual(runArgv(PLAN), [
    ...[
      "docker",
      "run",
      "--name",
      "stakpak-1-2",
      "--label",
      "stakpak.session=a=b",
      "--pull",
      "never",
      "--init",
    ],
    ...[
      "--log-driver",
      "local",
      "--log-opt",
      "max-size=1m",
      "--log-opt",
      "max-file=1",
      "--log-opt",
      "compress=false",
    ],
    ...["--network", "none", "--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...[
      "--user",
      "1000:1001",
      "--read-only",
      "--tmpfs",
      "/tmp:rw,exec,nosuid,nodev,mode=1777,size=536870912",
    ],
    ...["--tmpfs", "/home/box:rw,exec,nosuid,nodev,mode=0700,uid=1000,gid=1001,size=268435456"],
    ...["--memory", "1g", "--memory-swap", "1g", "--cpus", "2", "--pids-limit", "256"],
    ...["--mount", "type=bind,source=/w,target=/workspace", "--mount", "type=bind,source=/x,target=/in"],
    ...["--mount", 'type=bind,"source=/home/a,b",target=/data,readonly'],
    ...["--mount", "type=volume,source=cache,target=/cache"],
    ...["--env", "HOME=/home/box", "--env", "HTTP_PROXY=", "--env", "http_proxy="],
    ...["--env", "HTTPS_PROXY=", "--env", "https_proxy=", "--env", "NO_PROXY=localhost"],
    ...["--env", "no_proxy=", "--env", "FTP_PROXY=", "--env", "ftp_proxy="],
    ...["--env", "ALL_PROXY=", "--env", "all_proxy="],
    ...[
      "--workdir",
      "/workspace",
      "--entrypoint",
      "/opt/stakpak/stakpak",
      "debian:bookworm-slim",
      "mcp",
      "start",
    ],
  ]);
});

test("runArgv() leaves a quarter of the memory to programs, in whatever unit it is written", () => {
  const sizes = (memory: string) =>
    runArgv({ ...PLAN, limits: { ...BOX_LIMITS, memory } })
      .flatMap((word) => /,size=(.*)$/.exec(word)?.[1] ?? []);
  deepEqual(sizes("8m"), ["4194304", "2097152"]);
  deepEqual(sizes("2G"), ["1073741824", "536870912"]);
  deepEqual(sizes("10485761"), ["5242880", "2621440"]);
});

test("runArgv() labels what is ours for SELinux, and not what the user listed", () => {
  const argv = runArgv({ ...PLAN, selinux: true });
  ok(argv.includes("/w:/workspace:rw,z"));
  ok(argv.includes("/x:/in:rw,Z"));
  ok(argv.includes('type=bind,"source=/home/a,b",target=/data,readonly'));
});

test("runArgv() takes stdin, a terminal and another folder only where they are asked for", () => {
  const asked = (plan: Partial<BoxPlan>) =>
    ["--interactive", "--tty", "--workdir"].filter((word) => runArgv({ ...PLAN, ...plan }).includes(word));
  deepEqual(asked({}), ["--workdir"]);
  deepEqual(asked({ stdin: "piped" }), ["--interactive", "--workdir"]);
  deepEqual(asked({ stdin: "tty", workdir: undefined }), ["--interactive", "--tty"]);
});
