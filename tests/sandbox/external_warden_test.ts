import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { statePaths } from "../../src/config/paths.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import { startLauncher } from "../../src/sandbox/box_launcher.ts";
import { boxSettings } from "../../src/sandbox/box_settings.ts";
import { freePort, isPortTaken, wrapArgv } from "../../src/sandbox/external_warden.ts";
import { launcher as program } from "../cli/launcher.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;

test("wrapArgv() has the seed's order: image, volumes, port, variables, command", () => {
  const mounts = [
    { source: "/w", target: "/workspace", access: "rw" },
    { source: "cache", target: "/cache", access: "ro", named: true },
  ] as const;
  const argv = wrapArgv({ image: "debian", mounts, handedOn: { STAKPAK_PROFILE: "ops" } }, 50_000, "PEM");
  deepEqual(argv, [
    ...["warden", "wrap", "debian", "--volume", "/w:/workspace", "--volume", "cache:/cache:ro"],
    ...["-p", "127.0.0.1:50000:8080", "--env", "STAKPAK_SKIP_WARDEN=1", "--env", "STAKPAK_MCP_PORT=8080"],
    ...["--env", "STAKPAK_MCP_CLIENT_CA=PEM", "--env", "STAKPAK_PROFILE=ops"],
    ...["--", "stakpak", "mcp", "start"],
  ]);
});

test("freePort() passes over ports that are taken, and gives up in the end", async () => {
  const looked: number[] = [];
  const host: Host = {
    ...fakeHost(),
    canListen: (_, port) =>
      Promise.resolve(looked.push(port) > 2 ? { free: true } : { free: false, reason: "in_use" }),
  };
  equal(await freePort(host), looked[2]);
  ok(looked.every((port) => port >= 49_152 && port <= 65_535));
  const full: Host = { ...host, canListen: () => Promise.resolve({ free: false, reason: "in_use" }) };
  await rejects(freePort(full), /^Error: none of 20 ports of 127\.0\.0\.1 is free$/);
});

test("isPortTaken() knows docker's and the kernel's words for it", () => {
  ok(isPortTaken(new Error("Bind for 127.0.0.1:50000 failed: port is already allocated")));
  ok(isPortTaken(new Error("listen tcp4 127.0.0.1:50000: bind: address already in use")));
  equal(isPortTaken(new Error("no such image")), false);
});

/** A `warden` that records what it is told and starts our tools in place of a container. */
const STAND_IN = `#!/bin/sh
echo run >> "$0.runs"
printf '%s\\0' "$@" > "$0.argv"
env > "$0.env"
trap 'echo INT > "$0.ended"; kill $tools; exit 0' INT
while [ "$1" != -- ]; do
  case "$1" in
    -p) port=\${2#127.0.0.1:}; export STAKPAK_MCP_PORT=\${port%:8080}; shift;;
    --env) case "$2" in STAKPAK_MCP_PORT=*) ;; *) export "$2";; esac; shift;;
  esac
  shift
done
FIRST
COMMAND mcp start &
tools=$!
wait
`;

interface Stage extends AsyncDisposable {
  readonly folder: string;
  readonly host: Host;
  launcher(): ReturnType<typeof startLauncher>;
  read(name: string): Promise<string>;
}

/** @param first what the stand-in does before it starts the tools */
async function stage(first = ""): Promise<Stage> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  const { command, denoDir } = program();
  const words = [`DENO_DIR='${denoDir}'`, ...command.map((word) => `'${word}'`)].join(" ");
  const text = STAND_IN.replace("FIRST", first).replace("COMMAND", words);
  await Deno.mkdir(`${folder}/bin`);
  await Deno.writeTextFile(`${folder}/bin/warden`, text, { mode: 0o755 });
  const env: Record<string, string> = {
    HOME: folder,
    PATH: `${folder}/bin:${Deno.env.get("PATH")}`,
    STAKPAK_RUN_DIR: `${folder}/r`,
    STAKPAK_API_KEY: "sk-canary",
    ANTHROPIC_API_KEY: "sk-canary",
    STAKPAK_API_ENDPOINT: "https://api.example.org",
  };
  const host: Host = {
    ...denoHost(["/nowhere"]),
    env: (name) => env[name],
    // What is left behind is docker's business.
    run: () => Promise.resolve({ code: 0, stdout: "", stderr: "" }),
  };
  const paths = statePaths(host);
  return {
    folder,
    host,
    read: (name) => Deno.readTextFile(`${folder}/bin/${name}`),
    launcher: () =>
      startLauncher({
        host,
        run: `${folder}/r`,
        version: "0.0.0-test",
        settings: () =>
          boxSettings(host, { paths, sandbox: { warden: "external", image: "debian" }, profile: "ops" }),
        startEgress: () => Promise.reject(new Error("an external warden has its own")),
        decided: () => {},
        redact: (text) => text,
        log: () => {},
      }, NEVER),
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

test("an external warden starts the tools, is told no key, and is asked to end by SIGINT", async () => {
  await using under = await stage();
  await using launcher = await under.launcher();
  const box = await launcher.launch({ session: "s1" }, NEVER);
  ok(box.tools.some(({ name }) => name === "stakpak__view"));
  const argv = (await under.read("warden.argv")).split("\0").slice(0, -1);
  match(argv[5]!, /^127\.0\.0\.1:\d+:8080$/);
  const pem = argv.find((word) => word.startsWith("STAKPAK_MCP_CLIENT_CA="))!;
  deepEqual(argv, [
    ...["wrap", "debian", "--volume", `${under.folder}/.stakpak/autopilot/workspace:/workspace`],
    ...["-p", argv[5], "--env", "STAKPAK_SKIP_WARDEN=1", "--env", "STAKPAK_MCP_PORT=8080", "--env", pem],
    ...["--env", "STAKPAK_PROFILE=ops", "--env", "STAKPAK_API_ENDPOINT=https://api.example.org"],
    ...["--", "stakpak", "mcp", "start"],
  ]);
  equal(/canary/.test(await under.read("warden.env")), false);

  await box[Symbol.asyncDispose]();
  equal(await under.read("warden.ended"), "INT\n");
  equal((await box.ended).cause, "stopped");
});

test("a port that was taken meanwhile is another port's turn", async () => {
  const taken = '[ "$(wc -l < "$0.runs")" -gt 2 ] || { echo "port is already allocated" >&2; exit 125; }';
  await using under = await stage(taken);
  await using launcher = await under.launcher();
  await using _box = await launcher.launch({ session: "s1" }, NEVER);
  equal(await under.read("warden.runs"), "run\n".repeat(3));
});

test("an external warden that fails is told with what it said", async () => {
  await using under = await stage("echo 'no licence' >&2; exit 3");
  await using launcher = await under.launcher();
  await rejects(launcher.launch({ session: "s1" }, NEVER), (error: Error) => {
    match(
      error.message,
      /^Cannot start a sandbox: handshake: warden exited with code 3\nCannot trust .*\nit printed last:\n {2}no licence$/s,
    );
    return true;
  });
});
