import assert from "node:assert/strict";
import {
  serviceCommand,
  serviceEnvironment,
  serviceEnvironmentFile,
  serviceFolder,
  type ServiceOptions,
} from "../../src/host/service_command.ts";
import { serviceUnit, serviceUnitPath } from "../../src/host/service_unit.ts";
import { judge, notJudged } from "../probes/judge.ts";
import { test } from "../sanitized.ts";

const PLAIN: ServiceOptions = {
  program: ["/usr/local/bin/stakpak"],
  profile: "default",
  config: "/home/ada/.stakpak/config.toml",
  home: "/home/ada",
  state: "/home/ada/.stakpak",
};

const NOBODY = 65_534;
const HOMES = [
  "plain",
  "a b",
  "100%h",
  "$HOME",
  "${x}",
  "q\"uo'te",
  "back\\slash",
  "[x]*?",
  "ümläut",
  "a;b #c",
];

test("serviceUnit() gives a plain machine a plain text", () => {
  const unit = serviceUnit(PLAIN);
  const start = "ExecStart=/usr/local/bin/stakpak --profile default " +
    "--config /home/ada/.stakpak/config.toml autopilot up --foreground --from-service";
  for (
    const line of [
      "Type=notify",
      start,
      "WorkingDirectory=/home/ada/.stakpak/autopilot",
      "EnvironmentFile=-/home/ada/.stakpak/autopilot/service.env",
      "Restart=on-failure",
      "UMask=0077",
      "NoNewPrivileges=true",
      "WantedBy=default.target",
    ]
  ) assert.ok(unit.split("\n").includes(line), line);
});

test("serviceUnit() has no option that is not in force in a user manager", () => {
  const unit = serviceUnit(PLAIN);
  assert.doesNotMatch(unit, /Protect|Private|Capability|MemoryDeny|ReadOnlyPaths|After=network/);
});

test("serviceUnit() gives the drain more time than it takes", () => {
  const seconds = Number(/^TimeoutStopSec=(\d+)$/m.exec(serviceUnit(PLAIN))![1]);
  assert.ok(seconds > 20, "10 s for runs and 10 s for boxes");
});

test("serviceUnit() refuses what would start a new line", () => {
  assert.throws(() => serviceUnit({ ...PLAIN, profile: "x\nExecStartPre=/bin/evil" }), /control character/);
});

test("serviceUnit() refuses a program that systemd cannot name", () => {
  for (const path of ["/a'b/stakpak", '/a"b/stakpak', "/a\\b/stakpak"]) {
    assert.throws(() => serviceUnit({ ...PLAIN, program: [path] }), /takes no quotes/);
  }
});

test("serviceUnitPath() is in the user's systemd folder", () => {
  assert.equal(
    serviceUnitPath("/home/ada"),
    "/home/ada/.config/systemd/user/stakpak-autopilot.service",
  );
});

test("systemd-analyze has nothing to say about the unit, whatever the home folder is called", async () => {
  await using machine = await stage();
  for (const name of HOMES) {
    const { file } = await machine.install(name);
    const verdict = await machine.systemd("systemd-analyze", ["--user", "verify", file]);
    if (!verdict) return notJudged("systemd-analyze is not installed");
    assert.deepEqual(verdict, { ok: true, said: "" }, name);
  }
});

test("systemd reads back from the unit what was put into it", async () => {
  await using machine = await stage();
  for (const name of HOMES) {
    const { options } = await machine.install(name);
    const args = ["--user", "--test", "--unit=stakpak-autopilot.service"];
    const verdict = await machine.systemd("/lib/systemd/systemd", args, options.home);
    if (!verdict) return notJudged("systemd is not installed");
    const dump = /-> Unit stakpak-autopilot\.service:\n((?:\t\t.*\n)+)/.exec(verdict.said)![1]!;
    const values = (key: string) =>
      [...dump.matchAll(new RegExp(`^\t*${key}: (.*)$`, "gm"))].map((m) => m[1]!);
    assert.deepEqual(values("WorkingDirectory"), [serviceFolder(options)]);
    assert.deepEqual(values("EnvironmentFile"), [`-${escapedGlob(serviceEnvironmentFile(options))}`]);
    const environment = Object.entries(serviceEnvironment("linux", options)).map(([key, value]) =>
      `${key}=${value}`
    );
    assert.deepEqual(values("Environment"), environment);
    assert.deepEqual(startedBy(values("Command Line")[0]!), serviceCommand(options));
  }
});

/** The words of a dumped command line: quoted as for a shell, and `$$` still to be read as `$` after the first. */
function startedBy(line: string): string[] {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) =>
    quoted === undefined ? bare! : quoted.replaceAll(/\\(.)/g, "$1")
  );
  return words.map((word, index) => index === 0 ? word : word.replaceAll("$$", "$"));
}

function escapedGlob(path: string): string {
  return path.replaceAll(/[\\*?[\]]/g, "\\$&");
}

/** A folder with homes in it, and systemd's programs looking at one of them. */
async function stage() {
  const root = await Deno.makeTempDir({ prefix: "unit-" });
  const run = `${root}/run`;
  await Deno.mkdir(run, { mode: 0o700 });
  // systemd does not test as root.
  const asNobody = Deno.uid() === 0 ? ["setpriv", `--reuid=${NOBODY}`, "--clear-groups", "--"] : [];
  if (asNobody.length > 0) {
    await Deno.chmod(root, 0o755);
    await Deno.chown(run, NOBODY, null);
  }
  return {
    async install(name: string) {
      const home = `${root}/${name}`;
      const state = `${home}/.stakpak`;
      const program = /["'\\]/.test(name) ? `${root}/stakpak` : `${home}/stakpak`;
      const options = {
        program: [program],
        profile: `p ${name}`,
        config: `${state}/config.toml`,
        home,
        state,
      };
      const file = serviceUnitPath(home);
      await Deno.mkdir(file.slice(0, file.lastIndexOf("/")), { recursive: true });
      await Deno.writeTextFile(program, "#!/bin/sh\n", { mode: 0o755 });
      await Deno.writeTextFile(file, serviceUnit(options));
      return { file, options };
    },
    async systemd(program: string, args: readonly string[], home = root) {
      if (!await judge(program, ["--version"])) return undefined;
      return await judge("env", [`HOME=${home}`, `XDG_RUNTIME_DIR=${run}`, ...asNobody, program, ...args]);
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}
