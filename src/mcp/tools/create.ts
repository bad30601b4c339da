import { z } from "zod";
import { PathError } from "../../host/inspection.ts";
import { directoryOf } from "../../host/path_text.ts";
import { defineTool, type Tool } from "../tool.ts";
import { pathInput, placePath } from "../workspace_path.ts";

export const create: Tool = defineTool({
  name: "create",
  description:
    "Makes a new file, and the folders above it. Never writes over anything: use str_replace for that.",
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
  input: z.strictObject({ ...pathInput, "file_text": z.string().describe("All of the new file") }),
  async run({ file_text: text, ...written }, { scope }) {
    const path = await placePath(scope, written);
    if (typeof path !== "string") return path;
    const name = written.path;
    try {
      if (!await scope.host.createFile(path, text)) {
        return { code: "FILE_EXISTS", text: `Cannot create ${name}: it exists; change it with str_replace` };
      }
      return { text: `Successfully created file ${name} with ${linesIn(text)} lines` };
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      const folder = await scope.host.status(directoryOf(path)).catch(() => undefined);
      const code = folder?.kind === "directory" ? "WRITE_ERROR" : "CREATE_DIR_ERROR";
      return { code, text: `Cannot create ${name}: ${error.reason}` };
    }
  },
});

function linesIn(text: string): number {
  return text.split("\n").length - (text === "" || text.endsWith("\n") ? 1 : 0);
}
