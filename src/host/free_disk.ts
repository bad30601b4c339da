import { CommandNotFound, type Inspection } from "./inspection.ts";

/** The file system that holds a path. */
export interface FreeDisk {
  /** Equal for two paths on one file system. */
  readonly fileSystem: string;
  readonly freeMb: number;
}

const ROW = /^(.*?)\s+\d+\s+-?\d+\s+(-?\d+)\s+\S+\s+(\/.*)$/;
const KB_PER_MB = 1024;

/** Asks `df`; `undefined` when it is missing, does not know `path`, or its answer cannot be read. */
export async function freeDisk(
  host: Inspection,
  path: string,
  signal: AbortSignal,
): Promise<FreeDisk | undefined> {
  try {
    const { code, stdout } = await host.run(["df", "-Pk", path], signal);
    const row = code === 0 ? ROW.exec(stdout.trimEnd().split("\n")[1] ?? "") : null;
    if (!row) return undefined;
    const [, device, free, mount] = row;
    // A device names one file system however often it is mounted; "tmpfs" and "overlay" name many.
    const fileSystem = device!.startsWith("/") ? device! : mount!;
    return { fileSystem, freeMb: Math.floor(Number(free) / KB_PER_MB) };
  } catch (error) {
    if (error instanceof CommandNotFound) return undefined;
    throw error;
  }
}
