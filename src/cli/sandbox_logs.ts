import { EXIT, UserError } from "../domain/error.ts";
import { nearest } from "../domain/nearest.ts";
import { quoted } from "../domain/printable.ts";
import type { ListedBox } from "../sandbox/list_boxes.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { boxesOf } from "./sandbox_list.ts";

const LINES = 500;

/** What a box printed last; secrets of this machine's configuration are redacted, too. */
export async function showSandboxLogs(cli: Cli, _: GlobalOptions, name: string | undefined): Promise<number> {
  await Promise.all([cli.loadConfig(), cli.loadAutopilot()]);
  const box = theBox(await boxesOf(cli), name);
  const { code, stdout, stderr } = await cli.host.run(
    ["docker", "logs", "--tail", String(LINES), box.name],
    cli.signal,
  );
  if (code !== 0) {
    throw new UserError(`Cannot show the logs of ${box.name}: ${stderr.trim().split("\n").at(-1)}`, {
      hint: "stakpak sandbox list",
    });
  }
  if (stdout + stderr !== "") cli.terminal.print(stdout + stderr);
  return EXIT.ok;
}

function theBox(boxes: readonly ListedBox[], name: string | undefined): ListedBox {
  const found = name === undefined ? boxes[0] : boxes.find((box) => box.name === name);
  if (found && (name !== undefined || boxes.length === 1)) return found;
  const names = boxes.map((box) => box.name);
  const guess = name === undefined ? undefined : nearest(name, names);
  const why = name !== undefined
    ? `there is no box ${quoted(name)}`
    : names.length === 0
    ? "there is no box"
    : `there are ${names.length} boxes, and none is named`;
  throw new UserError(`Cannot show logs: ${why}`, {
    hint: guess ? `did you mean ${guess}?` : "stakpak sandbox list",
    exitCode: EXIT.usage,
  });
}
