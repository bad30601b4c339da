import type { Outcome, Stage, Transcript } from "../cli/transcript.ts";
import type { Environment, MachineUser } from "./machine_user.ts";

export interface StageOptions {
  /** For every command, before what the transcript sets. */
  readonly env?: Environment;
  /** Goes on beside each command. `said(text)` resolves when stderr has shown `text`, rejects when it never will. */
  meanwhile?(said: (text: string) => Promise<void>): Promise<void>;
}

/** Runs a transcript's commands as `user`; its files are written into their home, 0600. That home reads `HOME`. */
export async function machineStage(
  { files }: Transcript,
  user: MachineUser,
  { env = {}, meanwhile }: StageOptions,
): Promise<Stage> {
  for (const [path, text] of Object.entries(files)) {
    const script = 'umask 077; mkdir -p "$(dirname "$1")"; cat > "$1"';
    const { code, stderr } = await user.run(["sh", "-c", script, "sh", path], {}, text);
    if (code !== 0) throw new Error(`Cannot write ${path} in the machine: ${stderr}`);
  }
  return {
    async run(step) {
      const argv = user.exec(["stakpak", ...step.args], { ...env, ...step.env });
      const { out, err, exit } = await watched(argv, meanwhile);
      return { out: out.replaceAll(user.home, "HOME"), err: err.replaceAll(user.home, "HOME"), exit };
    },
    async read(path) {
      const { code, stdout } = await user.run(["cat", path]);
      return code === 0 ? stdout : undefined;
    },
  };
}

async function watched(argv: readonly string[], meanwhile: StageOptions["meanwhile"]): Promise<Outcome> {
  const child = new Deno.Command("docker", {
    args: [...argv],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const listeners = new Set<() => void>();
  let err = "";
  let ended = false;
  const listening = (async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      err += text;
      for (const listener of listeners) listener();
    }
    ended = true;
    for (const listener of listeners) listener();
  })();
  const said = (wanted: string) =>
    new Promise<void>((resolve, reject) => {
      const listener = () => {
        if (err.includes(wanted)) resolve();
        else if (ended) reject(new Error(`stderr never said "${wanted}":\n${err}`));
      };
      listeners.add(listener);
      listener();
    });
  const [out, { code }] = await Promise.all([
    new Response(child.stdout).text(),
    child.status,
    listening,
    meanwhile?.(said),
  ]);
  return { out, err, exit: code };
}
