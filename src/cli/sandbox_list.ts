import { EXIT } from "../domain/error.ts";
import { plainJson } from "../domain/plain_json.ts";
import { plainText } from "../domain/plain_text.ts";
import { listBoxes, type ListedBox } from "../sandbox/list_boxes.ts";
import { judgeOwnPrograms } from "../sandbox/own_programs.ts";
import { runFolder } from "../sandbox/run_folder.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { writableByBoxes } from "./start_boxes.ts";
import { table } from "./table.ts";

/** The boxes of this account. Rejects with a `UserError` (exit 2) when docker does not answer, or must not be run. */
export async function boxesOf(cli: Cli): Promise<ListedBox[]> {
  const { host, paths, signal } = cli;
  await judgeOwnPrograms(host, await writableByBoxes(cli));
  return await listBoxes(host, await runFolder(host, paths), signal);
}

export async function listSandboxes(
  cli: Cli,
  { json }: GlobalOptions & { readonly json?: true },
): Promise<number> {
  const boxes = await boxesOf(cli);
  if (json) cli.terminal.print(plainJson({ schema: 1, boxes }));
  else if (boxes.length === 0) cli.terminal.note("No boxes");
  else {
    const rows = boxes.map(({ name, session, image, status }) =>
      [name, session, image, status].map((cell) => plainText(cell))
    );
    cli.terminal.print(table(["BOX", "SESSION", "IMAGE", "STATUS"], rows));
  }
  return EXIT.ok;
}

/** Leaves the boxes of programs that run alone. */
export async function pruneSandboxes(cli: Cli): Promise<number> {
  const { host, paths, signal, terminal } = cli;
  const { reap } = await import("../sandbox/reap.ts");
  // Says what is wrong with docker, where something is.
  await boxesOf(cli);
  const { containers, folders } = await reap(host, await runFolder(host, paths), signal);
  for (const name of containers) terminal.print(name);
  terminal.note(`Removed: ${containers.length} containers, ${folders} folders`);
  return EXIT.ok;
}
