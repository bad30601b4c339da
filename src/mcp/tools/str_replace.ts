import { z } from "zod";
import { PathError } from "../../host/inspection.ts";
import { chooseEdits } from "../choose_edits.ts";
import { applyEdits, editDiff } from "../edit_diff.ts";
import { inTurn } from "../in_turn.ts";
import { outputLog } from "../output_log.ts";
import { defineTool, type Tool, type ToolOutput, type ToolScope } from "../tool.ts";
import { pathInput, placePath } from "../workspace_path.ts";

const NAME = "str_replace";
const input = z.strictObject({
  ...pathInput,
  "old_str": z.string().min(1).describe("Text of the file, enough of it to occur once"),
  "new_str": z.string().describe("What takes its place"),
  "replace_all": z.boolean().default(false).describe("Every occurrence, instead of the only one"),
});

export const strReplace: Tool = defineTool({
  name: NAME,
  description: "Replaces a text in a file. It has to occur once, unless all occurrences are meant.",
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  input,
  async run(asked, { scope }) {
    if (asked.old_str === asked.new_str) {
      return {
        code: "OLD_STR_NEW_STR_IDENTICAL",
        text: "old_str and new_str are the same; nothing to replace",
      };
    }
    const path = await placePath(scope, asked);
    // Two calls at once must not undo each other.
    return typeof path === "string" ? await inTurn(path, () => replace(scope, path, asked)) : path;
  },
});

async function replace(scope: ToolScope, path: string, asked: z.output<typeof input>): Promise<ToolOutput> {
  const { path: name, old_str: wanted, new_str: by, replace_all: all } = asked;
  let code = "FILE_READ_ERROR";
  try {
    const text = await scope.host.readText(path);
    if (text === undefined) return { code, text: `There is no file ${name}` };
    const edits = chooseEdits(name, text, { wanted, by, all });
    if (!Array.isArray(edits)) return edits;
    code = "FILE_WRITE_ERROR";
    await scope.host.rewriteFile(path, applyEdits(text, edits));
    await using log = outputLog(scope, NAME);
    await log.write(`\`\`\`diff\n${editDiff(name, text, edits)}\n\`\`\`\n`);
    return { text: `Successfully replaced ${edits.length} occurrences of text (local)\n${log.shown()}` };
  } catch (error) {
    if (!(error instanceof PathError)) throw error;
    return { code, text: `Cannot change ${name}: ${error.reason}` };
  }
}
