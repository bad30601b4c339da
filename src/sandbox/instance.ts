/**
 * One supervisor process, as others see it: a folder with a lock that the system releases when the process ends,
 * however it ends. So a box whose instance has no lock is nobody's.
 *
 * @module
 */
import { plainText } from "../domain/plain_text.ts";
import type { Host } from "../host/host.ts";
import { makePrivateFolder } from "./private_folder.ts";

/** Labels of every container of ours. */
export const LABELS = {
  /** {@linkcode Instance.id} */
  instance: "stakpak.instance",
  session: "stakpak.session",
  /** {@linkcode Instance.home} */
  home: "stakpak.home",
} as const;

/** Disposing removes the folder with what is left in it. */
export interface Instance extends AsyncDisposable {
  /** 8 hex digits. */
  readonly id: string;
  /** `<run folder>/<id>`; its boxes' folders are in it. */
  readonly folder: string;
  /** Which run folder this is: instances of another account or `STAKPAK_RUN_DIR` are none of our business. */
  readonly home: string;
}

const SESSION_CHARACTERS_MAX = 128;

/** What a container of `instance` is found by. */
export function labelsOf(
  { id, home }: Pick<Instance, "id" | "home">,
  session: string,
): Record<string, string> {
  return {
    [LABELS.instance]: id,
    [LABELS.home]: home,
    [LABELS.session]: plainText(session).slice(0, SESSION_CHARACTERS_MAX),
  };
}

/** The name of an instance's folder. */
export const INSTANCE_ID = /^[0-9a-f]{8}$/;

/** Makes the folder and holds its lock. Rejects with a `PathError`; `signal` ends the wait for another process. */
export async function openInstance(host: Host, run: string, signal: AbortSignal): Promise<Instance> {
  const id = randomHex();
  const folder = `${run}/${id}`;
  const lock = await (async () => {
    await using _alone = await lockRegister(host, run, signal);
    return await host.lock(lockOf(folder), signal);
  })();
  const home = await homeOf(host, run);
  return {
    id,
    folder,
    home,
    async [Symbol.asyncDispose]() {
      try {
        await host.remove(folder);
      } finally {
        await lock[Symbol.asyncDispose]();
      }
    },
  };
}

/** 8 random hex digits. */
export function randomHex(): string {
  return crypto.getRandomValues(new Uint8Array(4)).toHex();
}

/**
 * While it is held, no instance begins and none is declared dead: between its folder and its lock it has no lock.
 * Rejects with a `UserError` where another account can change the run folder.
 */
export async function lockRegister(host: Host, run: string, signal: AbortSignal): Promise<AsyncDisposable> {
  await makePrivateFolder(host, run);
  return await host.lock(`${run}/lock`, signal);
}

export function lockOf(instanceFolder: string): string {
  return `${instanceFolder}/lock`;
}

/** Names a run folder in 12 hex digits, by where it really is. */
export async function homeOf(host: Host, run: string): Promise<string> {
  const bytes = new TextEncoder().encode(await host.realPath(run) ?? run);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex().slice(0, 12);
}
