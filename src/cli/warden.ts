import { Argument, type Command, InvalidArgumentError } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { runInPlace } from "./warden_init.ts";
import { wrapCommand } from "./warden_wrap.ts";
import { clearLogs, showLogs } from "./warden_logs.ts";
import { allowRules, denyRules, listRules } from "./warden_rules.ts";
import { wholeNumber } from "./whole_number.ts";

/** `warden`: where boxes may connect to. */
export function wardenCommand(start: Start): Command {
  const rules = (name: string, description: string) =>
    leaf(name, description).addArgument(
      new Argument("<host:port...>", "github.com:443, *.example.org:443 or 10.1.0.0/16:5432"),
    );
  const logs = leaf("logs", "show what boxes have connected to, and what was denied")
    .option("--blocked-only", "only what was denied")
    .option("--limit <n>", "the last so many", wholeNumber(1, 999_999), 50)
    .option("--detailed", "with the reason, the bytes and the session")
    .option("--json", "as JSON")
    .addHelpText("after", examples("stakpak warden logs --blocked-only"));
  const init = leaf("init", "inside a box: open its way out, then run its command")
    .addArgument(new Argument("<command...>", "the command and its arguments, after --"))
    .option("--publish <port>", "let the supervisor reach this port of the box; repeatable", ports)
    .option("--relay <socket=port>", "listen on this socket for this port of the box; repeatable", relays)
    .passThroughOptions()
    .addHelpText("after", examples("stakpak warden init --publish 8080 -- npm start"))
    .addHelpText("after", "\nExits as the command does.");
  const commands = [
    start(wrapLeaf(), wrapCommand),
    start(leaf("list", "list the rules").option("--json", "as JSON"), listRules),
    start(
      rules("allow", "let boxes connect somewhere").addHelpText(
        "after",
        examples("stakpak warden allow github.com:443 '*.example.org:443'"),
      ),
      allowRules,
    ),
    start(
      rules("deny", "take a rule away").addHelpText("after", examples("stakpak warden deny github.com:443")),
      denyRules,
    ),
    start(logs, showLogs),
    start(leaf("clear-logs", "forget what boxes have connected to"), clearLogs),
    start(init, runInPlace),
    start(leaf("version", "print the version"), ({ terminal, version }) => {
      terminal.print(`stakpak ${version}, built-in warden`);
      return 0;
    }),
  ];
  const warden = group("warden", "where boxes may connect to").enablePositionalOptions().addHelpText(
    "after",
    examples(
      "stakpak warden list",
      "stakpak warden allow github.com:443",
      "stakpak warden logs --blocked-only",
    ),
  );
  for (const command of commands) warden.addCommand(command as unknown as Command);
  return warden;
}

function wrapLeaf() {
  return leaf("wrap", "run a command of any image in a box")
    .addArgument(new Argument("<image>", "an image of this machine, with glibc"))
    .addArgument(new Argument("<command...>", "the command and its arguments, after --"))
    .option("-e, --env <name=value>", "a variable of the command; repeatable", texts)
    .option("-v, --volume <host:box>", "HOST:BOX[:ro], a folder or a named volume; repeatable", texts)
    .option(
      "-p, --publish <port:boxport>",
      "[ADDRESS:]PORT:BOXPORT, by default of 127.0.0.1; repeatable",
      texts,
    )
    .option("-w, --workdir <folder>", "start it in this folder of the box")
    .option("-t, --tty", "with a terminal")
    .option("--user <uid:gid>", "the account of the box (default: yours)")
    .option("--allow <host:port>", "let it connect there, beside what is configured; repeatable", texts)
    .addHelpText(
      "after",
      examples(
        "stakpak warden wrap debian:bookworm -- id",
        "stakpak warden wrap node:22 -v ./app:/app -w /app -p 8080:8080 --allow registry.npmjs.org:443 -- npm start",
      ),
    )
    .addHelpText("after", "\nExits as the command does; 2 when it cannot start.");
}

function texts(value: string, before: string[] = []): string[] {
  return [...before, value];
}

function ports(value: string, before: number[] = []): number[] {
  return [...before, portOf(value)];
}

function relays(value: string, before: Relay[] = []): Relay[] {
  const at = value.lastIndexOf("=");
  if (!value.startsWith("/")) throw new InvalidArgumentError("It must be /SOCKET=PORT.");
  return [...before, { socketPath: value.slice(0, at), port: portOf(value.slice(at + 1)) }];
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must name a port from 1 to 65535.");
}

/** A socket that a box listens on, and the port of the box that it leads to. */
export interface Relay {
  readonly socketPath: string;
  readonly port: number;
}
