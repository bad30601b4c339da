import { z } from "zod";
import { PathError } from "../../host/inspection.ts";
import { compileGlob } from "../glob.ts";
import { compilePattern } from "../linear_pattern.ts";
import { defineTool, type Tool, type ToolContext, type ToolOutput } from "../tool.ts";
import { viewLines, viewMatches } from "../view_file.ts";
import { viewFolderMatches, viewGlob, viewTree } from "../view_folder.ts";
import { pathInput, placePath } from "../workspace_path.ts";

const TREE_DEPTH = 3;

const input = z.strictObject({
  ...pathInput,
  "view_range": z.array(z.int()).length(2).optional()
    .describe("[first, last] line of a file, from 1 on; a last of -1 is the end"),
  grep: z.string().min(1).optional().describe(
    "A pattern (RE2): only the lines that match, of a file or a folder",
  ),
  glob: z.string().min(1).optional().describe(
    "Of a folder: only the files that match, as in *.ts or src/**/*.ts",
  ),
  tree: z.boolean().default(false).describe("Of a folder: three levels deep instead of one"),
});

export const view: Tool = defineTool({
  name: "view",
  description:
    "Shows a file with line numbers, or a folder, or searches in them. At most 300 lines at a time.",
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  input,
  async run(asked, context) {
    const path = await placePath(context.scope, asked);
    if (typeof path !== "string") return path;
    try {
      return await look(path, asked, context);
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      return { code: "READ_ERROR", text: `Cannot read ${asked.path}: ${error.reason}` };
    }
  },
});

async function look(
  path: string,
  { path: name, view_range: range, grep, glob, tree }: z.output<typeof input>,
  { scope, signal }: ToolContext,
): Promise<ToolOutput> {
  const { host, workspace } = scope;
  const viewed = { host, path, name, signal };
  const status = await host.status(path);
  if (!status) return { code: "FILE_NOT_FOUND", text: `There is no file or folder ${name}` };
  const pattern = grep === undefined ? undefined : compilePattern(grep);
  const names = glob === undefined ? undefined : compileGlob(glob);
  if (typeof pattern === "object") return { code: "INVALID_REGEX", text: `Cannot search: ${pattern.wrong}` };
  if (typeof names === "object") {
    return { code: "INVALID_GLOB", text: `Cannot look for ${glob}: ${names.wrong}` };
  }
  if (status.kind === "directory") {
    if (range) return { code: "FORMAT_ERROR", text: `Cannot show lines of ${name}: it is a folder` };
    if (pattern) return await viewFolderMatches(viewed, { pattern, glob: names, ignoreFrom: workspace });
    return names ? await viewGlob(viewed, names) : await viewTree(viewed, tree ? TREE_DEPTH : 1);
  }
  if (names || tree) return { code: "FORMAT_ERROR", text: `Cannot show ${name} as a folder: it is a file` };
  if (pattern && range) return { code: "FORMAT_ERROR", text: "Cannot take grep and view_range at once" };
  return pattern
    ? await viewMatches(viewed, pattern)
    : await viewLines(viewed, range && [range[0]!, range[1]!]);
}
