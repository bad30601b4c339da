import { Argument, type Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { listSandboxes, pruneSandboxes } from "./sandbox_list.ts";
import { showSandboxLogs } from "./sandbox_logs.ts";
import { runInSandbox } from "./sandbox_run.ts";
import { showSandboxStatus } from "./sandbox_status.ts";

/** `sandbox`: the box that tools run in, for people. */
export function sandboxCommand(start: Start): Command {
  const run = leaf("run", "run one command as the agent would: in a box, over the whole line")
    .addArgument(new Argument("<command...>", "the command and its arguments, after --"))
    .option("--ephemeral", "in a box of its own, whatever is configured")
    .option("--image <image>", "the image (default: $STAKPAK_AGENT_IMAGE, [sandbox].image)")
    .option("--allow <host:port>", "let it connect there, beside what is configured; repeatable", collect)
    .option("--workdir <folder>", "start it in this folder of the box")
    .passThroughOptions()
    .addHelpText(
      "after",
      examples(
        "stakpak sandbox run -- id",
        "stakpak sandbox run --allow deb.debian.org:443 -- sh -c 'curl -sSI https://deb.debian.org | head -1'",
      ),
    )
    .addHelpText("after", "\nExits as the command does; 2 when there is no sandbox to be had.");
  const status = leaf("status", "say what boxes are like, and who shares one").option("--json", "as JSON");
  const list = leaf("list", "list the boxes of this account").option("--json", "as JSON");
  const prune = leaf("prune", "remove boxes and folders whose program has ended");
  const logs = leaf("logs", "show what a box has printed, redacted")
    .addArgument(new Argument("[name]", "a box; may be left out where there is one"));
  const sandbox = group("sandbox", "the box that tools run in").enablePositionalOptions().addHelpText(
    "after",
    examples("stakpak sandbox run -- id", "stakpak sandbox status", "stakpak sandbox list"),
  );
  const commands = [
    start(run, runInSandbox),
    start(status, showSandboxStatus),
    start(list, listSandboxes),
    start(prune, pruneSandboxes),
    start(logs, showSandboxLogs),
  ];
  for (const command of commands) sandbox.addCommand(command as unknown as Command);
  return sandbox;
}

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
