/** `stakpak serve` from the bundle, with a model that answers at once and a real box, for measuring. */
import { baseImage } from "../tests/docker/images.ts";
import { program } from "./measure.ts";

export interface Served extends AsyncDisposable {
  readonly pid: number;
  /** Where the model answers: `http://127.0.0.1:PORT/v1`. */
  readonly modelUrl: string;
  readonly home: string;
  /** One request to the API; rejects unless it answers 2xx. */
  ask(path: string, body?: unknown): Promise<Record<string, unknown>>;
  /** The id of a new session. */
  session(): Promise<string>;
  /** Runs a prompt, from its post to its last event. Absent: in a new session, which is made before. */
  run(prompt: string, session?: string): Promise<{ readonly wallMs: number; readonly last: string }>;
}

const PORT = 4_719;

export async function serve(autopilot = ""): Promise<Served> {
  const home = await Deno.makeTempDir({ prefix: "bench-" });
  const model = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--quiet",
      "--no-config",
      "--allow-net",
      new URL("instant_model.ts", import.meta.url).pathname,
    ],
    stdout: "piped",
  }).spawn();
  const modelPort = (await firstLine(model.stdout)).trim();
  const modelUrl = `http://127.0.0.1:${modelPort}/v1`;
  await Deno.mkdir(`${home}/.stakpak`, { mode: 0o700 });
  await write(
    `${home}/.stakpak/config.toml`,
    `[profiles.default]\nmodel = "instant/m"\nauto_approve = ["run_command"]\n` +
      `[profiles.default.providers.instant]\ntype = "custom"\napi_endpoint = "${modelUrl}"\napi_key = "bench-key-0123456789"\n`,
  );
  await write(`${home}/.stakpak/autopilot.toml`, `[server]\nlisten = "127.0.0.1:${PORT}"\n${autopilot}`);
  const { program: deno, args } = await program("serve");
  const server = new Deno.Command(deno, {
    args: [...args],
    clearEnv: true,
    env: {
      PATH: Deno.env.get("PATH")!,
      HOME: home,
      DENO_DIR: Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`,
      STAKPAK_AGENT_IMAGE: await baseImage(),
      STAKPAK_RUN_DIR: `${home}/run`,
    },
    stdout: "null",
    stderr: "null",
  }).spawn();
  const base = `http://127.0.0.1:${PORT}`;
  await until(
    async () => (await fetch(`${base}/v1/ready`).then((r) => (r.body?.cancel(), r.ok), () => false)),
  );
  const token = (await Deno.readTextFile(`${home}/.stakpak/autopilot/token`)).trim();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const ask = async (path: string, body?: unknown) => {
    const response = await fetch(base + path, {
      headers,
      ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json() as Record<string, unknown>;
  };
  const session = async () => String((await ask("/v1/sessions", { title: "bench" })).id);
  return {
    pid: server.pid,
    modelUrl,
    home,
    ask,
    session,
    async run(prompt, id) {
      id ??= await session();
      const events = await fetch(`${base}/v1/sessions/${id}/events`, { headers });
      const posted = performance.now();
      await ask(`/v1/sessions/${id}/messages`, { message: { role: "user", content: prompt } });
      const last = await lastEvent(events.body!);
      return { wallMs: performance.now() - posted, last };
    },
    async [Symbol.asyncDispose]() {
      server.kill("SIGTERM");
      await server.status;
      model.kill("SIGKILL");
      await model.status;
      await Deno.remove(home, { recursive: true });
    },
  };
}

async function lastEvent(body: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const found = /^event: (run_completed|run_error)$/m.exec(text);
    if (found) return found[1]!;
    text = text.slice(text.lastIndexOf("\n") + 1);
  }
  throw new Error("the stream ended before the run");
}

async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  for await (const chunk of stream) return new TextDecoder().decode(chunk);
  throw new Error("it said nothing");
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it did not get ready in 60 s");
}

async function write(path: string, text: string): Promise<void> {
  await Deno.writeTextFile(path, text, { mode: 0o600 });
}
