/**
 * Changes a configuration file: under a lock, only when it parses, only when the change makes nothing worse.
 *
 * @module
 */
import { EXIT, UserError } from "../domain/error.ts";
import type { Host } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";
import { directoryOf } from "../host/path_text.ts";
import { shellWord } from "../host/shell_word.ts";
import { type FileKind, type Loaded, parseFile } from "./load.ts";
import { type ConfigProblem, placeOf } from "./problem.ts";
import { TomlDocument } from "./toml_document.ts";

/** How long a command waits for another one that edits the same folder. */
const LOCK_WAIT_MS = 10_000;

/** What a file starts with that did not exist before. */
const HEADER =
  "# Written by stakpak. Edit it freely: comments and order stay. Every key: stakpak config sample\n";

export interface EditTarget {
  readonly path: string;
  /** The path as messages show it. */
  readonly shown: string;
  readonly kind: FileKind<unknown>;
  /** Where the old text is kept before the file is written, if it existed. */
  readonly backup?: string;
}

/**
 * Replaces the file by what `edit` makes of it; answers whether that changed anything.
 *
 * Rejects with {@linkcode UserError}, and leaves the file as it is, when it does not parse, when the result has
 * an error that the file did not have, when another command keeps the lock for 10 s, or when `edit` throws. A
 * missing file is made; errors that were in the file before do not stop an edit elsewhere.
 */
export async function editFile<T>(
  host: Host,
  path: string,
  shown: string,
  kind: FileKind<T>,
  edit: (document: TomlDocument, loaded: Loaded<T>) => TomlDocument,
): Promise<boolean> {
  return await editFiles(
    host,
    [{ path, shown, kind }],
    ([file]) => [edit(file!.document, file!.loaded as Loaded<T>)],
  );
}

/** A file as it was when the lock was taken. */
export interface OpenedFile {
  readonly target: EditTarget;
  readonly document: TomlDocument;
  readonly loaded: Loaded<unknown>;
}

/** The same for several files at once: all are checked before the first is written; `edit` keeps their order. */
export async function editFiles(
  host: Host,
  targets: readonly EditTarget[],
  edit: (files: readonly OpenedFile[]) => readonly TomlDocument[],
): Promise<boolean> {
  await using locks = new AsyncDisposableStack();
  const folders = new Map(targets.map((target) => [directoryOf(target.path), target.shown]));
  for (const [folder, shown] of [...folders].sort()) locks.use(await lockFolder(host, folder, shown));
  const files = await openFiles(host, targets);
  const edited = edit(files);
  const changed = files.map((file, index) => ({ file, text: edited[index]!.toString() }))
    .filter(({ file, text }) => text !== file.document.toString());
  for (const { file, text } of changed) refuseNewErrors(file, text);
  for (const { file, text } of changed) await save(host, file, text);
  return changed.length > 0;
}

/** The files as an edit would find them, without a lock: for showing an edit that is not made. */
export function openFiles(host: Host, targets: readonly EditTarget[]): Promise<OpenedFile[]> {
  return Promise.all(targets.map((target) => open(host, target)));
}

async function lockFolder(host: Host, folder: string, shown: string): Promise<AsyncDisposable> {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), LOCK_WAIT_MS);
  try {
    return await host.lock(`${folder}/.stakpak.lock`, waiting.signal);
  } catch (error) {
    throw cannot("edit", shown, error);
  } finally {
    clearTimeout(timer);
  }
}

async function open(host: Host, target: EditTarget): Promise<OpenedFile> {
  const { path, shown, kind } = target;
  const text = await readExisting(host, target);
  const loaded = parseFile(text ?? HEADER, shown, kind);
  const unparsed = loaded.broken.get("");
  if (unparsed) {
    throw new UserError(`Cannot edit ${placeOf(unparsed)}: it ${unparsed.message}`, {
      hint: unparsed.hint ?? `repair it first, it was left as it is: ${path}`,
      exitCode: EXIT.usage,
    });
  }
  const document = TomlDocument.parse(text ?? HEADER, shown);
  return { target, document, loaded: { ...loaded, exists: text !== undefined } };
}

async function readExisting(host: Host, { path, shown }: EditTarget): Promise<string | undefined> {
  try {
    const text = await host.readText(path);
    // Writing through a link whose target is gone would replace the link.
    if (text !== undefined || !await host.linkStatus(path)) return text;
  } catch (error) {
    throw cannot("edit", shown, error);
  }
  throw new UserError(`Cannot edit ${shown}: it is a link to a file that does not exist`, {
    hint: `touch "$(readlink -m ${shellWord(path)})"`,
    exitCode: EXIT.usage,
  });
}

async function save(host: Host, { target, document, loaded }: OpenedFile, text: string): Promise<void> {
  try {
    if (target.backup && loaded.exists) await host.replaceFile(target.backup, document.toString());
    await host.replaceFile(target.path, text);
  } catch (error) {
    throw cannot("write", target.shown, error);
  }
}

function refuseNewErrors({ target, loaded }: OpenedFile, text: string): void {
  const known = loaded.problems.filter(isError).map(withoutIndexes);
  const { problems } = parseFile(text, target.shown, target.kind);
  for (const problem of problems.filter(isError)) {
    const index = known.indexOf(withoutIndexes(problem));
    if (index < 0) {
      throw new UserError(`Cannot edit ${target.shown}: the file would be wrong: ${problem.message}`, {
        ...(problem.hint ? { hint: problem.hint } : {}),
        exitCode: EXIT.usage,
      });
    }
    known.splice(index, 1);
  }
}

function isError({ severity }: ConfigProblem): boolean {
  return severity === "error";
}

/** An edit moves what stands behind it: `schedules[2]` becomes `schedules[1]`. */
function withoutIndexes({ message }: ConfigProblem): string {
  return message.replace(/\[\d+\]/g, "[]");
}

function cannot(action: string, shown: string, error: unknown): unknown {
  if (!(error instanceof PathError)) return error;
  return new UserError(`Cannot ${action} ${shown}: ${error.reason}`, {
    hint: "stakpak autopilot doctor",
    cause: error,
    exitCode: action === "edit" ? EXIT.usage : EXIT.failed,
  });
}
