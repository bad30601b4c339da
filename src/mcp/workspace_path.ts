/**
 * Which paths the file tools may use: those that lead into the workspace, unless the call says otherwise.
 *
 * @module
 */
import { z } from "zod";
import { PathError } from "../host/inspection.ts";
import { isInside } from "../host/path_text.ts";
import { walkPath } from "../host/walk_path.ts";
import type { ToolOutput, ToolScope } from "./tool.ts";

/** The fields by which a file tool is told where to work. */
export const pathInput = {
  path: z.string().min(1).max(4096).describe("Relative to the workspace, or absolute"),
  "outside_workspace": z.boolean().default(false).describe("Whether the path may lead outside the workspace"),
};

export interface WrittenPath {
  readonly path: string;
  readonly "outside_workspace": boolean;
}

/**
 * Where a path leads, every link of every component followed; whether something is there is for the caller to
 * see. A failure `INVALID_PATH` when that is outside the workspace and may not be.
 */
export async function placePath(scope: ToolScope, written: WrittenPath): Promise<string | ToolOutput> {
  return await place(scope, written, async (path) => (await walkPath(scope.host, path)).end);
}

/** As {@linkcode placePath}, but a link that the path ends in is the link itself. */
export async function placeName(scope: ToolScope, written: WrittenPath): Promise<string | ToolOutput> {
  return await place(scope, written, async (path) => {
    const [, folder, name] = /^(.*)\/([^/]+)\/*$/s.exec(path) ?? [];
    if (folder === undefined || name === undefined) return path;
    if (name === "." || name === "..") return (await walkPath(scope.host, path)).end;
    const { end } = await walkPath(scope.host, folder === "" ? "/" : folder);
    return end === "/" ? `/${name}` : `${end}/${name}`;
  });
}

async function place(
  scope: ToolScope,
  { path: written, outside_workspace: mayLeave }: WrittenPath,
  resolve: (path: string) => Promise<string>,
): Promise<string | ToolOutput> {
  if (/^ssh:\/\/|^[^/\s]+@[^/\s:]+:/.test(written)) {
    return refusal(written, "it is on another machine, which this server cannot reach");
  }
  if (written.includes("\0")) return refusal(written.replaceAll("\0", "\\0"), "it has a NUL character");
  try {
    const end = await resolve(absolute(scope, written));
    if (mayLeave || isInside(end, scope.workspace)) return end;
    return refusal(
      written,
      `it leads to ${end}, outside the workspace ${scope.workspace}; set outside_workspace if that is meant`,
    );
  } catch (error) {
    if (error instanceof PathError) return refusal(written, error.reason);
    throw error;
  }
}

function absolute({ host, workspace }: ToolScope, written: string): string {
  if (written.startsWith("/")) return written;
  const home = host.env("HOME");
  if (home !== undefined && /^~(\/|$)/.test(written)) return home + written.slice(1);
  return `${workspace}/${written}`;
}

function refusal(written: string, why: string): ToolOutput {
  return { code: "INVALID_PATH", text: `Cannot use ${written}: ${why}` };
}
