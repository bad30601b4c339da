// deno-lint-ignore-file no-console -- a bench prints its figures
/** `doctor` where every docker command hangs for ever: ends within the probe deadline (10 s) + 2 s. Run: deno run -A bench/hung_docker.ts */
import { program, row, wallTimes } from "./measure.ts";

const DEADLINE_MS = 10_000;

export async function hungDocker(): Promise<string> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/docker`, "#!/bin/sh\nsleep 1000 &\nwait\n", { mode: 0o755 });
    const doctor = await program("autopilot", "doctor");
    const env = { PATH: `${folder}:${Deno.env.get("PATH")}`, HOME: folder };
    const [wall] = await wallTimes({ ...doctor, env: { ...env, DENO_DIR: `${folder}/cache` } }, 1);
    const seconds = (wall! / 1000).toFixed(1);
    return row(
      "`doctor` where docker hangs for ever",
      `${seconds} s`,
      "≤ 12 s (deadline + 2 s)",
      wall! <= DEADLINE_MS + 2_000,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) console.log(await hungDocker());
