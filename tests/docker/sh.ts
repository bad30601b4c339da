import type { MachineUser } from "./machine_user.ts";

/** Runs a shell script as `user`, at home. Rejects with its stderr when it fails. */
export async function sh(
  user: Pick<MachineUser, "name" | "run">,
  script: string,
  stdin?: string,
): Promise<void> {
  const { code, stderr } = await user.run(["sh", "-c", script], {}, stdin);
  if (code !== 0) throw new Error(`${user.name} cannot run "${script}": it exited ${code}: ${stderr}`);
}
