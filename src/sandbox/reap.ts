/**
 * Removes what supervisors that are gone have left behind: their containers and folders, however they ended.
 *
 * @module
 */
import type { Host } from "../host/host.ts";
import { PathError } from "../host/inspection.ts";
import { removeContainer } from "./box_process.ts";
import { INSTANCE_ID, lockOf, lockRegister } from "./instance.ts";
import { listBoxes, type ListedBox } from "./list_boxes.ts";
import { pause } from "./pause.ts";

/** What was removed. */
export interface Reaped {
  /** By name. */
  readonly containers: readonly string[];
  readonly folders: number;
}

const INSTANCES_MAX = 10_000;
/** How long docker's client goes on making a container after its supervisor was killed, and how often to look. */
const LATE_MS = 1_000;
const LOOK_MS = 100;

/** Leaves those of live supervisors alone. Rejects with a `UserError` where docker does not answer, with the signal's reason. */
export async function reap(host: Host, run: string, signal: AbortSignal): Promise<Reaped> {
  // In this order: who has a container has a folder, until it is dead.
  const containers = await listBoxes(host, run, signal);
  const dead = await deadInstances(host, run, signal);
  try {
    const known = new Set(await instanceNames(host, run));
    const orphans = containers.filter(({ instance }) => !known.has(instance) || dead.has(instance));
    const removed = orphans.map(({ name }) => name);
    await removeAll(host, orphans);
    for (const [id, { folder }] of dead) {
      const boxes = (await host.entries(folder, INSTANCES_MAX)).filter(({ kind }) => kind === "directory");
      // A mount whose source is gone stops a container that is only just being made.
      await host.remove(folder);
      const seen = containers.filter(({ instance }) => instance === id).length;
      if (boxes.length > seen) removed.push(...await removeLate(host, run, id, signal));
    }
    return { containers: removed, folders: dead.size };
  } finally {
    await Promise.all([...dead.values()].map(({ lock }) => lock[Symbol.asyncDispose]()));
  }
}

interface DeadInstance {
  readonly folder: string;
  /** Held, so that it is nobody else's to tidy up. */
  readonly lock: AsyncDisposable;
}

async function deadInstances(
  host: Host,
  run: string,
  signal: AbortSignal,
): Promise<Map<string, DeadInstance>> {
  const dead = new Map<string, DeadInstance>();
  await using _alone = await lockRegister(host, run, signal);
  for (const id of await instanceNames(host, run)) {
    const folder = `${run}/${id}`;
    const lock = await lockNow(host, lockOf(folder));
    if (lock) dead.set(id, { folder, lock });
  }
  return dead;
}

async function instanceNames(host: Host, run: string): Promise<string[]> {
  return (await host.entries(run, INSTANCES_MAX))
    .filter(({ name, kind }) => kind === "directory" && INSTANCE_ID.test(name))
    .map(({ name }) => name);
}

/** `undefined` where somebody holds it, or where it cannot be told. */
async function lockNow(host: Host, path: string): Promise<AsyncDisposable | undefined> {
  try {
    return await host.lock(path, AbortSignal.abort());
  } catch (error) {
    if (error instanceof PathError) return undefined;
    throw error;
  }
}

async function removeLate(host: Host, run: string, id: string, signal: AbortSignal): Promise<string[]> {
  const removed: string[] = [];
  for (let waited = 0; waited < LATE_MS; waited += LOOK_MS) {
    const late = (await listBoxes(host, run, signal)).filter(({ instance }) => instance === id);
    await removeAll(host, late);
    removed.push(...late.map(({ name }) => name));
    await pause(LOOK_MS, signal);
  }
  return removed;
}

async function removeAll(host: Host, containers: readonly ListedBox[]): Promise<void> {
  await Promise.all(containers.map(({ name }) => removeContainer(host, name)));
}
