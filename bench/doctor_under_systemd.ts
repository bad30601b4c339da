// deno-lint-ignore-file no-console -- a bench prints its figures
/**
 * The same as `doctor_wall.ts` where doctor is meant to run: a machine with systemd, as a user whose manager
 * reaches Docker. Timed inside the container. Run: deno run -A bench/doctor_under_systemd.ts
 */
import { startSystemdMachine } from "../tests/docker/systemd_machine.ts";
import { row } from "./measure.ts";

const RUNS = 11;
const SLOWEST = "systemd-run --user --pipe --wait --quiet --collect docker ps";

export async function doctorUnderSystemd(): Promise<string> {
  await using machine = await startSystemdMachine({ program: true });
  const ops = await machine.addUser("ops", { linger: true, docker: true });
  const median = async (command: string) => {
    const timed = `s=$(date +%s%N); ${command} >/dev/null 2>&1; echo $(( ($(date +%s%N) - s) / 1000 ))`;
    const { stdout } = await ops.run(["bash", "-c", `for i in $(seq ${RUNS}); do ${timed}; done`]);
    return stdout.trim().split("\n").map(Number).sort((a, b) => a - b)[Math.floor(RUNS / 2)]! / 1000;
  };
  for (const command of ["stakpak doctor", SLOWEST]) await median(command);
  const [wall, start, slowest] = [
    await median("stakpak doctor"),
    await median("stakpak doctor --list"),
    await median(SLOWEST),
  ];
  const ratio = (wall - start) / slowest;
  const measured = `${ratio.toFixed(2)} ((${wall.toFixed(0)} − ${start.toFixed(0)} ms start-up) ÷ ${
    slowest.toFixed(0)
  } ms of \`${SLOWEST}\`)`;
  return row("the same as a user of a machine with systemd", measured, "≤ 1.25 plus start-up", ratio <= 1.25);
}

if (import.meta.main) console.log(await doctorUnderSystemd());
