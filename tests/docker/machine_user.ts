import { type Output, run } from "./docker.ts";
import { lasting } from "./lasting.ts";

export type Environment = Readonly<Record<string, string>>;

/** An account of a systemd machine. */
export interface MachineUser {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
  /** Runs `argv` at home with XDG_RUNTIME_DIR set and `env` added; no login. Rejects only when Docker does. */
  run(argv: readonly string[], env?: Environment, stdin?: string): Promise<Output>;
  /** What `run` hands to `docker`, for a command that is to be watched. */
  exec(argv: readonly string[], env?: Environment): readonly string[];
  /** Logs in as over ssh; disposing logs out. Resolves when the user's manager runs. */
  login(): Promise<AsyncDisposable>;
}

export function machineUser(container: string, name: string, uid: number, home: string): MachineUser {
  // Nobody logs in as root, so that there is no such folder.
  const runtime = uid === 0 ? {} : { XDG_RUNTIME_DIR: `/run/user/${uid}` };
  const exec = (argv: readonly string[], env: Environment = {}) => {
    const variables = Object.entries({ ...runtime, USER: name, HOME: home, ...env })
      .flatMap(([key, value]) => ["--env", `${key}=${value}`]);
    const options = ["--interactive", "--user", name, "--workdir", home, ...variables];
    return ["exec", ...options, container, ...argv];
  };
  return {
    name,
    uid,
    home,
    exec,
    run: (argv, env, stdin) => run(["docker", ...exec(argv, env)], stdin),
    // PAM makes the session, so that logind knows of it. It lasts as long as its stdin.
    login: () =>
      lasting(["exec", "--interactive", container, "su", "--login", name, "--command", "echo in; exec cat"]),
  };
}
