import { z } from "zod";
import { PathError } from "../../host/inspection.ts";
import { isInside } from "../../host/path_text.ts";
import { backupsFolder, moveToBackups } from "../backup.ts";
import { defineTool, type Tool } from "../tool.ts";
import { pathInput, placeName } from "../workspace_path.ts";

export const remove: Tool = defineTool({
  name: "remove",
  description: "Removes a file, or a folder with all that is in it. It is moved to a backup, which is named.",
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
  input: z.strictObject({
    ...pathInput,
    recursive: z.boolean().default(false).describe("Has to be set for a folder"),
  }),
  async run({ recursive, ...written }, { scope, signal }) {
    const path = await placeName(scope, written);
    if (typeof path !== "string") return path;
    const name = written.path;
    if (isInside(scope.workspace, path) || isInside(backupsFolder(scope), path)) {
      return { code: "INVALID_PATH", text: `Cannot remove ${name}: the workspace or the backups lie in it` };
    }
    try {
      const status = await scope.host.linkStatus(path);
      if (!status) return { code: "PATH_NOT_FOUND", text: `There is no file or folder ${name}` };
      const isFolder = status.kind === "directory";
      if (isFolder && !recursive) {
        return { code: "RECURSIVE_REQUIRED", text: `Cannot remove ${name}: it is a folder; set recursive` };
      }
      const backup = await moveToBackups(scope, path, signal);
      const what = `${isFolder ? "directory" : "file"} '${name}'${isFolder ? " (recursively)" : ""}`;
      return { text: `Successfully removed ${what}\n${backupXml(path, backup)}` };
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      return { code: "BACKUP_ERROR", text: `Cannot remove ${name}: ${error.reason}` };
    }
  },
});

function backupXml(original: string, backup: string): string {
  const file = `<file original_path="${escaped(original)}" backup_path="${
    escaped(backup)
  }" location="local"/>`;
  return `<file_backups>\n  ${file}\n</file_backups>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"\n]/g, (character) => `&#${character.charCodeAt(0)};`);
}
