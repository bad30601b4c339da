import { Argument, type Command, Option } from "@commander-js/extra-typings";
import { MAX_TURNS } from "../domain/run.ts";
import type { Cli, Start } from "./cli.ts";
import { examples, leaf } from "./leaf.ts";
import { RUN_FORMATS } from "./run_output.ts";
import type { RunOptions } from "./run_request.ts";
import { wholeNumber } from "./whole_number.ts";

/** `run`: what is asked once. */
export function runCommand(start: Start): Command {
  const run = leaf("run", "run a prompt once: its tools in the sandbox, every call judged")
    .addArgument(new Argument("[prompt]", "what to do; - reads it from stdin"))
    .option("--no-sandbox", "without tools")
    .option("--max-turns <n>", "at most so many answers of the model", wholeNumber(1, MAX_TURNS))
    .option("--context <file>", "a text that belongs to the prompt; repeatable", collect)
    .addOption(new Option("--output <format>", "what is printed").choices(RUN_FORMATS).default("text"))
    .option("--session <id>", "go on with this session")
    .option(
      "--approve <tool>",
      "let this tool run without asking, if the profile allows it; repeatable",
      collect,
    )
    .option("--pause-on-approval", "exit 10 where a call needs approval, to go on later")
    .option("--model <model>", "PROVIDER/MODEL, in place of the profile's")
    .option("--resume", "go on with the session's run that was paused")
    .addHelpText("after", WORDS)
    .addHelpText(
      "after",
      examples(
        'stakpak run "Which services failed today?" --profile monitoring',
        "stakpak run - --output json < question.md",
        'stakpak run "Free some disk space" --approve run_command --pause-on-approval',
      ),
    );
  return start(run, runPrompt) as unknown as Command;
}

/** Loaded when it is meant: it needs nearly all there is. */
async function runPrompt(cli: Cli, options: RunOptions, prompt: string | undefined): Promise<number> {
  return await (await import("./run_prompt.ts")).runPrompt(cli, options, prompt);
}

const WORDS = `
Where a call needs approval, a terminal is asked; without one it is denied, unless --pause-on-approval is given.
The answer goes to stdout (to a pipe in whole texts), all else to stderr.`;

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
