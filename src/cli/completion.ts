import { Argument, Command } from "@commander-js/extra-typings";
import { examples } from "./leaf.ts";

const SHELLS = ["bash", "zsh", "fish", "powershell"];

/** What `stakpak --help` shows of it; {@linkcode addCompletion} puts the real one in its place. */
export function completionHelp(): Command {
  return new Command("completion").description("print a script that completes commands in your shell")
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText(
      "after",
      examples("source <(stakpak completion bash)  # needs the package bash-completion"),
    ) as unknown as Command;
}

/** Whether these words ask for completion: the script, or a suggestion while somebody types. */
export function asksForCompletion(argv: readonly string[]): boolean {
  return (argv[0] === "completion" && argv.length > 1 && !argv.includes("--help")) || argv[0] === "complete";
}

/** Adds the commands that the shell's script calls. Loaded only then: it reads the whole command tree. */
export async function addCompletion(program: Command): Promise<void> {
  const { default: tab } = await import("@bomb.sh/tab/commander");
  tab(program as unknown as Parameters<typeof tab>[0], { completionCommandName: "completion" });
}
