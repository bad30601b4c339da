import { Argument, type Command } from "@commander-js/extra-typings";
import type { Start } from "./cli.ts";
import { examples, group, leaf } from "./leaf.ts";
import { askModel } from "./model_ask.ts";
import { listModels } from "./model_list.ts";

/** `model`: which models a profile can ask, and whether one answers. */
export function modelCommand(start: Start): Command {
  const list = leaf("list", "list providers with a key, and their known models")
    .option("--json", "as JSON")
    .addHelpText("after", examples("stakpak model list", "stakpak model list --profile ops --json"));
  const test = leaf("test", "ask a model one short question, and say whether it answers")
    .addArgument(new Argument("[model]", "its id (default: the profile's)"))
    .option("--json", "as JSON")
    .addHelpText("after", examples("stakpak model test", "stakpak model test anthropic/claude-haiku-4-5"))
    .addHelpText("after", "\nThis is a real request: it costs a few tokens.");
  const model = group("model", "which models a profile can ask, and whether one answers")
    .addHelpText("after", examples("stakpak model list", "stakpak model test openai/gpt-5-mini"));
  for (const command of [start(list, listModels), start(test, askModel)]) {
    model.addCommand(command as unknown as Command);
  }
  return model;
}
