import type { Command } from "@commander-js/extra-typings";
import type { AutopilotFile } from "../config/autopilot_schema.ts";
import { placeOf } from "../config/problem.ts";
import { sourceOf } from "../config/secret_source.ts";
import { EXIT, UserError } from "../domain/error.ts";
import type { Secret } from "../domain/secret.ts";
import { openStore } from "../server/open_store.ts";
import { apiToken, rotateToken } from "../server/token.ts";
import type { Cli, Start } from "./cli.ts";
import { decider } from "./decider.ts";
import { examples, type GlobalOptions, leaf } from "./leaf.ts";
import { readAutopilot } from "./read_autopilot.ts";

type Options = GlobalOptions & { readonly json?: true };

/** `token`: what the API is asked with. */
export function tokenCommand(start: Start): Command {
  const token = leaf("token", "print the token that the API is asked with")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      examples(
        'curl -H "Authorization: Bearer $(stakpak token)" http://127.0.0.1:4096/v1/sessions',
        "stakpak token rotate",
      ),
    );
  const rotate = leaf("rotate", "make a new token; a server that runs knows no other from then on")
    .option("--json", "as JSON")
    .addHelpText("after", examples("stakpak token rotate"));
  return start(token, showToken).addCommand(
    start(rotate, rotateIt) as unknown as Command,
  ) as unknown as Command;
}

async function showToken(cli: Cli, { json }: Options): Promise<number> {
  const token = await apiToken(cli.host, cli.paths.token, await serverKeys(cli));
  if (!token) {
    throw new UserError("Cannot print the token: there is none yet", {
      hint: "it is made when the server starts, or now: stakpak token rotate",
    });
  }
  handOver(cli, token, json);
  return EXIT.ok;
}

async function rotateIt(cli: Cli, { json }: Options): Promise<number> {
  const { host, paths, terminal } = cli;
  if (sourceOf(await serverKeys(cli), "token")) {
    throw new UserError("Cannot rotate the token: [server] in autopilot.toml says where it comes from", {
      hint: "change it there, or remove that key: the token of stakpak token rotate counts then",
      exitCode: EXIT.usage,
    });
  }
  const token = await rotateToken(host, paths.token);
  handOver(cli, token, json);
  terminal.note("The token of before is worth nothing any more.");
  try {
    using store = await openStore(host, paths.database);
    const actor = decider(host, "cli");
    store.audit.add({
      ...{ sessionId: undefined, runId: undefined, kind: "admin", subject: "token rotate" },
      ...{ outcome: "ok", actor, details: {} },
    });
  } catch (error) {
    // Whoever has lost a token needs a new one also where the store is damaged.
    if (!(error instanceof UserError)) throw error;
    terminal.warn(`This is not in the audit log: ${error.message}`);
  }
  return EXIT.ok;
}

function handOver({ terminal }: Cli, token: Secret, json: true | undefined): void {
  const text = token.reveal();
  terminal.reveal(json ? JSON.stringify({ schema: 1, token: text }, null, 2) : text);
}

async function serverKeys(cli: Cli): Promise<NonNullable<AutopilotFile["server"]>> {
  const { broken, value } = await readAutopilot(cli);
  const problem = broken.get("server");
  if (!problem) return value.server ?? {};
  throw new UserError(`Cannot use [server] (${placeOf(problem)}): ${problem.message}`, {
    hint: problem.hint ?? "stakpak config validate",
    exitCode: EXIT.usage,
  });
}
