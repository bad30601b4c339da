import { EXIT, UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import type { RunOverrides } from "../domain/run.ts";
import { PathError } from "../host/inspection.ts";
import type { SessionRecord } from "../server/records.ts";
import type { ContextItem, StartRun } from "../server/run_service.ts";
import type { Store } from "../server/store.ts";
import { approving } from "./approving.ts";
import type { Cli } from "./cli.ts";
import { existingSession } from "./existing_session.ts";
import type { GlobalOptions } from "./leaf.ts";

export interface RunOptions extends GlobalOptions {
  /** `--no-sandbox` makes it false. */
  readonly sandbox: boolean;
  readonly maxTurns?: number;
  readonly context?: readonly string[];
  readonly output: "text" | "json" | "stream-json";
  readonly session?: string;
  readonly approve?: readonly string[];
  readonly pauseOnApproval?: true;
  readonly model?: string;
  readonly resume?: true;
}

const PROMPT_BYTES_MAX = 1024 * 1024;
const TITLE_CHARACTERS = 80;

/** Throws a `UserError` (exit 2) for words that do not go together: nothing that is asked for is ignored. */
export function checkOptions(options: RunOptions, prompt: string | undefined): void {
  if (!options.resume) {
    if (prompt !== undefined) return;
    throw usage("Cannot run: there is no prompt", 'stakpak run "PROMPT", or - to read it from stdin');
  }
  if (options.session === undefined) {
    throw usage("Cannot resume: --session is not given", "stakpak sessions list");
  }
  const { maxTurns, context, approve, pauseOnApproval, model, sandbox, profile } = options;
  const given = Object.entries({
    "a prompt": prompt,
    "--max-turns": maxTurns,
    "--context": context,
    "--approve": approve,
    "--pause-on-approval": pauseOnApproval,
    "--model": model,
    "--profile": profile,
    "--no-sandbox": sandbox ? undefined : true,
  }).find(([, value]) => value !== undefined);
  if (!given) return;
  throw usage(`Cannot resume with ${given[0]}`, "leave it out: the run goes on as it was started");
}

/** What is asked of the runs; makes the session where none is named. Rejects with a `UserError` (exit 2). */
export async function runRequest(
  cli: Cli,
  store: Store,
  options: RunOptions,
  prompt: string,
): Promise<StartRun> {
  const text = await promptText(cli, prompt);
  const context = await Promise.all((options.context ?? []).map((path) => contextFile(cli, path)));
  const overrides = await overridesOf(cli, options);
  const session = options.session === undefined
    ? store.sessions.create({ title: titleOf(cli, text), origin: "cli" })
    : existingSession(store, options.session);
  mayBeWithoutTools(session, options);
  return {
    sessionId: session.id,
    text,
    context,
    profile: cli.profile,
    overrides,
    sandbox: options.sandbox,
    pauseOnApproval: options.pauseOnApproval ?? cli.terminal.asks,
    origin: "cli",
  };
}

async function promptText({ host }: Cli, prompt: string): Promise<string> {
  const text = prompt === "-" ? await host.console.readIn(PROMPT_BYTES_MAX + 1) : prompt;
  if (text.trim() === "") {
    throw usage("Cannot run: the prompt is blank", 'stakpak run "PROMPT", or - to read it from stdin');
  }
  if (new TextEncoder().encode(text).length <= PROMPT_BYTES_MAX) return text;
  throw usage(
    `Cannot run: the prompt has more than ${PROMPT_BYTES_MAX} bytes`,
    "give long texts as files: --context FILE",
  );
}

async function contextFile({ host }: Cli, path: string): Promise<ContextItem> {
  const cannot = (reason: string) =>
    usage(`Cannot read --context ${quotedPath(path)}: ${reason}`, "give a UTF-8 text file");
  try {
    const content = await host.readText(path);
    if (content === undefined) throw cannot("it does not exist");
    return { name: path, content };
  } catch (error) {
    throw error instanceof PathError ? cannot(error.reason) : error;
  }
}

async function overridesOf(cli: Cli, { model, maxTurns, approve }: RunOptions): Promise<RunOverrides> {
  const autoApprove = approve && await approving(cli, approve);
  return {
    ...(model !== undefined && { model }),
    ...(maxTurns !== undefined && { maxTurns }),
    ...(autoApprove !== undefined && { autoApprove }),
  };
}

/** Where tools run is fixed at a session's first run. */
function mayBeWithoutTools({ id, tools }: SessionRecord, { sandbox }: RunOptions): void {
  if (sandbox || tools !== "sandbox") return;
  throw usage(
    `Cannot run with --no-sandbox: the session ${id} has a sandbox since its first run`,
    "leave --no-sandbox out, or --session for a new one",
  );
}

/** The first line of a prompt. */
function titleOf(cli: Cli, text: string): string {
  const [line = ""] = cli.redact(text).trim().split("\n");
  const characters = [...line];
  return characters.length <= TITLE_CHARACTERS
    ? line
    : `${characters.slice(0, TITLE_CHARACTERS - 1).join("")}…`;
}

function usage(message: string, hint: string): UserError {
  return new UserError(message, { hint, exitCode: EXIT.usage });
}
