import { deepEqual, equal, match, ok } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { launcher } from "./launcher.ts";

const AUTOPILOT = (port: number) => `[server]\nlisten = "127.0.0.1:${port}"\nhost_tools = true\n`;
const KEY = "sk-ant-not-a-real-key-0123456789";
const CONFIG = `[profiles.default]
model = "anthropic/claude-sonnet-4-5"
[profiles.default.providers.anthropic]
type = "anthropic"
api_key = "${KEY}"
`;

interface Serving extends AsyncDisposable {
  readonly home: string;
  readonly url: string;
  readonly pid: number;
  token(): Promise<string>;
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** Runs another command in the same home. */
  run(env: Record<string, string>, ...args: string[]): Promise<{ code: number; out: string; err: string }>;
  /** Interrupts it; answers how it ended and what it said. */
  end(): Promise<{ code: number; out: string; err: string }>;
}

/** `stakpak serve` with the grants of the table, on a free port of a new home. */
async function serve(...args: string[]): Promise<Serving> {
  const home = await Deno.makeTempDir({ prefix: "stakpak-serve-" });
  const port = freePort();
  await Deno.mkdir(`${home}/.stakpak`, { mode: 0o700 });
  await Deno.writeTextFile(`${home}/.stakpak/autopilot.toml`, AUTOPILOT(port), { mode: 0o600 });
  await Deno.writeTextFile(`${home}/.stakpak/config.toml`, CONFIG, { mode: 0o600 });
  const { command: [program, ...flags], denoDir } = launcher();
  const spawn = (words: readonly string[], more: Record<string, string> = {}) =>
    new Deno.Command(program, {
      args: [...flags, ...words],
      clearEnv: true,
      env: {
        HOME: home,
        PATH: Deno.env.get("PATH") ?? "",
        DENO_DIR: denoDir,
        STAKPAK_RUN_DIR: `${home}/r`,
        ...more,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  const child = spawn(["serve", ...args]);
  const ended = child.output();
  const url = `http://127.0.0.1:${port}`;
  while (!await answers(url)) {
    if (await Promise.race([ended.then(() => true), pause()])) {
      throw new Error(new TextDecoder().decode((await ended).stderr));
    }
  }
  const token = async () => (await Deno.readTextFile(`${home}/.stakpak/autopilot/token`)).trim();
  const textOf = ({ code, stdout, stderr }: Deno.CommandOutput) => ({
    code,
    out: new TextDecoder().decode(stdout),
    err: new TextDecoder().decode(stderr),
  });
  const end = async () => {
    child.kill("SIGTERM");
    return textOf(await ended);
  };
  return {
    home,
    url,
    pid: child.pid,
    token,
    ask: async (path, init) =>
      await fetch(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${await token()}`, ...init?.headers },
      }),
    run: async (more, ...words) => textOf(await spawn(words, more).output()),
    end,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended.
      }
      await ended;
      await Deno.remove(home, { recursive: true });
    },
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}

async function answers(url: string): Promise<boolean> {
  try {
    return await (await fetch(`${url}/v1/health`)).text() !== "";
  } catch {
    return false;
  }
}

async function pause(): Promise<false> {
  await new Promise((resolve) => setTimeout(resolve, 50));
  return false;
}

test("serve says where, serves until it is interrupted, and tells those who follow", async () => {
  await using serving = await serve();
  const health = await (await serving.ask("/v1/health")).json();
  match(health.instance, /^[0-9a-f]{16}$/);
  equal(
    await Deno.readTextFile(`${serving.home}/.stakpak/autopilot/lock`),
    `${serving.pid} ${health.instance}\n`,
  );
  const made = await serving.ask("/v1/sessions", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"title":"x"}',
  });
  const { id } = await made.json();
  const events = await serving.ask(`/v1/sessions/${id}/events?after=0`);
  const { code, out, err } = await serving.end();
  deepEqual([code, out], [130, `Serving on ${serving.url}\n`]);
  match(err, /^POST \/v1\/sessions 201 in \d+ ms, req_\w+\nEnding: /m);
  match(await events.text(), /event: shutdown\ndata: \{"reason":"shutting_down"\}\n\n$/);
});

test("the token is a private file, and one that is rotated away is worth nothing at once", async () => {
  await using serving = await serve();
  const before = await serving.token();
  match(before, /^[A-Za-z0-9]{64}$/);
  equal((await Deno.stat(`${serving.home}/.stakpak/autopilot/token`)).mode! & 0o777, 0o600);
  equal((await (await serving.ask("/v1/config")).json()).default_model, "anthropic/claude-sonnet-4-5");
  equal((await serving.run({}, "token", "rotate")).code, 0);
  const old = await serving.ask("/v1/config", { headers: { authorization: `Bearer ${before}` } });
  deepEqual([old.status, (await old.json()).code], [401, "unauthorized"]);
  equal(await (await serving.ask("/v1/config")).json().then((body) => body.auto_approve_mode), "custom");
  const { out, err } = await serving.end();
  for (const secret of [before, await serving.token(), KEY]) ok(!`${out}${err}`.includes(secret));
});

test("a second server of the same folder, or of the same address, is refused with what to do", async () => {
  await using serving = await serve("--show-token");
  const second = await serving.run({}, "serve");
  deepEqual([second.code, second.out], [2, ""]);
  match(
    second.err,
    new RegExp(`runs already, as process ${serving.pid}\nhint: to end it: kill ${serving.pid}\n$`),
  );
  const { port } = new URL(serving.url);
  const elsewhere = { STAKPAK_HOME: `${serving.home}/elsewhere` };
  const third = await serving.run(elsewhere, "serve", "--listen", `127.0.0.1:${port}`);
  deepEqual([third.code, third.out], [2, ""]);
  match(
    third.err,
    new RegExp(`^error: Cannot listen on 127\\.0\\.0\\.1:${port}: another program does\nhint: choose`),
  );
  const token = await serving.token();
  equal((await serving.end()).out, `Serving on ${serving.url}\nToken: ${token}\n`);
});
