/**
 * A world whose server is in this process: everything of it is real, but for boxes (`in_process_boxes.ts`), so that a
 * test can hold calls, and look at what reaches the tools.
 *
 * @module
 */
import { loadAutopilot } from "../../src/config/autopilot_file.ts";
import { loadConfig } from "../../src/config/config_file.ts";
import { statePaths } from "../../src/config/paths.ts";
import { sessionRedactor } from "../../src/cli/session_redactor.ts";
import type { Cli } from "../../src/cli/cli.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import type { StartWorker } from "../../src/host/worker.ts";
import { firstModel } from "../../src/models/first_model.ts";
import { type GatewayParts, openGateway } from "../../src/models/open_gateway.ts";
import { resolveRoute } from "../../src/models/resolve_route.ts";
import { httpApp } from "../../src/server/http_app.ts";
import { holdInstance, lives } from "../../src/server/instances.ts";
import { listen } from "../../src/server/listener.ts";
import { openStore } from "../../src/server/open_store.ts";
import type { RunParts } from "../../src/server/run_parts.ts";
import { startRuns } from "../../src/server/runs.ts";
import type { Store } from "../../src/server/store.ts";
import { toolPlaces } from "../../src/server/tool_places.ts";
import { apiClient } from "./api_client.ts";
import { inProcessBoxes } from "./in_process_boxes.ts";
import { type Provider, startProvider } from "./provider.ts";
import type { World } from "./world.ts";
import { KEYS, type WorldFiles, writeWorldFiles } from "./world_files.ts";

export interface InProcessOptions extends Partial<WorldFiles> {
  readonly startWorker?: StartWorker;
  readonly env?: Readonly<Record<string, string>>;
  /** More files of the home folder, by path. */
  readonly home?: Readonly<Record<string, string>>;
  /** A home folder that is there, and stays. */
  readonly on?: string;
  /** In place of one of its own: whoever gives it ends it. */
  readonly provider?: Provider;
  /** What stands between the server and its store. */
  readonly watched?: (store: Store) => Store;
  readonly gateway?: Partial<Pick<GatewayParts, "silenceMs" | "totalMs">>;
}

const TOKEN = "token-of-the-in-process-world";
const NEVER = new AbortController().signal;

export async function inProcessWorld(options: InProcessOptions = {}): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const home = options.on ?? await Deno.makeTempDir({ prefix: "stakpak-runs-" });
  if (!options.on) stack.defer(() => Deno.remove(home, { recursive: true }));
  const provider = options.provider ?? stack.use(await startProvider());
  const files: WorldFiles = { url: provider.url, keys: KEYS, ...options };
  await writeWorldFiles(home, files);
  for (const [path, text] of Object.entries(options.home ?? {})) {
    await Deno.mkdir(`${home}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true, mode: 0o700 });
    await Deno.writeTextFile(`${home}/${path}`, text, { mode: 0o600 });
  }
  const lines: string[] = [];
  const log = (line: string) => void lines.push(line);
  const host = hostIn(home, options);
  const paths = statePaths(host);
  await Deno.mkdir(paths.workspace, { recursive: true, mode: 0o700 });
  const boxes = stack.use(inProcessBoxes(await Deno.realPath(paths.workspace)));
  const opened = stack.use(await openStore(host, paths.database));
  const store = options.watched?.(opened) ?? opened;
  const instance = stack.use(await holdInstance(host, paths.instances, NEVER));
  const cli = {
    host,
    paths,
    loadConfig: () => loadConfig(host, paths),
    loadAutopilot: () => loadAutopilot(host, paths),
  } as unknown as Cli;
  const redact = (text: string) => text;
  const parts: RunParts = {
    host,
    store,
    instance: instance.id,
    lives: (id) => lives(host, paths.instances, id),
    profile: "default",
    loadConfig: cli.loadConfig,
    loadAutopilot: cli.loadAutopilot,
    gateway: openGateway({ fetch: host.fetch, now: host.now, ...options.gateway }),
    routeOf: (model, profile) => resolveRoute(host, model, profile),
    firstModel: (profile) => firstModel(profile, host),
    tools: toolPlaces({
      host,
      paths,
      version: "0.0.0-test",
      loadAutopilot: cli.loadAutopilot,
      boxes: () => Promise.resolve(boxes),
      redact,
      log,
    }),
    sandbox: () => boxes.state(),
    redactor: (known) => sessionRedactor(cli, known),
    adopts: true,
    log,
  };
  const runs = stack.use(await startRuns(parts));
  const app = httpApp({
    store,
    runs,
    version: "0.0.0-test",
    instance: instance.id,
    isToken: (given) => Promise.resolve(given === TOKEN),
    hosts: () => [],
    models: () => Promise.resolve([]),
    settings: () => Promise.resolve({ defaultModel: undefined, autoApprove: "custom" }),
    now: () => new Date(),
    residentBytes: () => Deno.memoryUsage().rss,
    redact: (text) => text,
    log,
  });
  const listener = await listen({ at: { hostname: "127.0.0.1", port: 0 }, app, log });
  stack.defer(() => listener.close());
  const kept = stack.move();
  return {
    client: apiClient(`http://127.0.0.1:${listener.at.port}`, TOKEN),
    provider,
    store,
    home,
    boxes: true,
    folderOf: async (sessionId) => `${boxes.workspace}/${await sessionName(sessionId)}`,
    writeConfig: (more) => writeWorldFiles(home, { ...files, config: more }),
    said: () => lines.join("\n"),
    inside: { boxes, runs },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** This machine, with another home and environment. */
function hostIn(home: string, { env = {}, startWorker }: InProcessOptions): Host {
  const real = denoHost([]);
  const known: Record<string, string> = { HOME: home, STAKPAK_RUN_DIR: `${home}/r`, ...env };
  return {
    ...real,
    env: (name) => name === "PATH" ? real.env(name) : known[name],
    ...startWorker && { startWorker },
  };
}
