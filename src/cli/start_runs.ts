/**
 * What `run` and `serve` stand on, put together: the store, the models, the tools, and the runs of this process.
 *
 * @module
 */
import { checkHostTools } from "../config/host_tools.ts";
import { usualProfile } from "../config/profile_names.ts";
import { firstModel } from "../models/first_model.ts";
import { openGateway } from "../models/open_gateway.ts";
import { resolveRoute } from "../models/resolve_route.ts";
import { holdInstance, lives } from "../server/instances.ts";
import { openStore } from "../server/open_store.ts";
import { keepRetention } from "../server/retention.ts";
import type { RunService } from "../server/run_service.ts";
import { startRuns as startService } from "../server/runs.ts";
import type { Store } from "../server/store.ts";
import { toolPlaces } from "../server/tool_places.ts";
import type { EgressDecision } from "../warden/egress.ts";
import type { Cli } from "./cli.ts";
import { lazySandbox } from "./lazy_sandbox.ts";
import { openSandbox } from "./open_sandbox.ts";
import { readAutopilot } from "./read_autopilot.ts";
import { sessionRedactor } from "./session_redactor.ts";

export interface StartedRuns extends AsyncDisposable {
  readonly store: Store;
  readonly runs: RunService;
  /** This process, as the store names it. */
  readonly instance: string;
  /** Whether the process of that name still lives. */
  lives(instance: string): Promise<boolean>;
}

export interface RunsOptions {
  /** For what serves: starts the sandbox now rather than at the first need, and takes over runs that nobody has. */
  readonly serves?: true;
}

/**
 * Rejects with a `UserError` or a `PathError` where runs cannot be: a broken file, a store that cannot be opened,
 * `host_tools` beside a channel; with `serves` also where no sandbox is to be had. Disposing ends the runs (`interrupted`; those
 * that wait for people stay so), then the boxes, then closes the store.
 */
export async function startRuns(cli: Cli, { serves }: RunsOptions): Promise<StartedRuns> {
  const { host, paths, terminal, version, profile, signal } = cli;
  const autopilot = await readAutopilot(cli);
  const refusal = checkHostTools(autopilot);
  if (refusal) throw refusal;
  const onHost = autopilot.value.server?.host_tools === true;
  // It starts the tools on this machine, and could start anything.
  if (!onHost) await cli.drop({ name: "run", value: "env" });
  const log = (line: string) => terminal.note(line);
  const livesNow = (instance: string) => lives(host, paths.instances, instance);
  await using opened = new AsyncDisposableStack();
  const store = opened.use(await openStore(host, paths.database));
  const owner = opened.use(await holdInstance(host, paths.instances, signal));
  if (serves) opened.use(keepRetention(store, host.now, log));
  const decided = (decision: EgressDecision) => recordEgress(cli, store, decision);
  const sandbox = opened.use(lazySandbox(() => openSandbox(cli, { sessionsLast: true, decided })));
  if (serves && !onHost) await sandbox.source();
  const loadConfig = () => cli.loadConfig();
  const loadAutopilot = () => cli.loadAutopilot();
  const tools = toolPlaces({
    host,
    paths,
    version,
    loadAutopilot,
    boxes: sandbox.source,
    redact: cli.redact,
    log,
  });
  const runs = opened.use(
    await startService({
      host,
      store,
      instance: owner.id,
      lives: livesNow,
      profile: serves ? profile : usualProfile(host),
      loadConfig,
      loadAutopilot,
      gateway: openGateway({ fetch: host.fetch, now: host.now }),
      routeOf: (model, of) => resolveRoute(host, model, of),
      firstModel: (of) => firstModel(of, host),
      tools,
      sandbox: sandbox.state,
      redactor: (known) => sessionRedactor(cli, known),
      ...(serves && { adopts: true }),
      log,
    }),
  );
  const kept = opened.move();
  return {
    store,
    runs,
    instance: owner.id,
    lives: livesNow,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** Of a box that sessions share it is not known whose the connection was. */
function recordEgress({ redact, terminal }: Cli, store: Store, decision: EgressDecision): void {
  const { session, host, port, verdict, reason, bytesOut, bytesIn } = decision;
  try {
    store.audit.add({
      sessionId: store.sessions.get(session)?.id,
      runId: undefined,
      kind: "egress",
      subject: redact(`${host}:${port}`),
      outcome: verdict,
      actor: "policy",
      details: { box: session, bytesOut, bytesIn, ...(reason !== undefined && { reason: redact(reason) }) },
    });
  } catch (error) {
    terminal.note(
      `What a box connects to cannot be recorded: ${error instanceof Error ? error.message : error}`,
    );
  }
}
