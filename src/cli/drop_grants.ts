/**
 * What each command needs of the permission table; the rest is given up before it does anything.
 *
 * @module
 */
import type { Grant, Host } from "../host/host.ts";
import { PERMISSIONS, PROGRAMS } from "./permissions.ts";

interface Needs {
  readonly grants: readonly Grant["name"][];
  /** Programs, where `grants` has `run`. */
  readonly programs?: readonly string[];
}

const LOOK: Needs = { grants: ["read", "env"] };
/** Who looks at the store locks it, by files that SQLite makes beside it and takes away again. */
const LOOK_AT_STORE: Needs = { grants: ["read", "write", "env"] };
const EDIT: Needs = { grants: ["read", "write", "env", "sys"] };
/** `write` goes too, as soon as the `--output` files are open. */
const PROBE: Needs = {
  grants: ["read", "write", "net", "env", "run", "sys"],
  programs: ["docker", "systemctl", "systemd-run", "loginctl", "launchctl", "df", "id", "kill"],
};

/** In a box, what the agent asks for runs in a shell, in a process group of its own; no other program is ours to start. */
const TOOLS: Needs = { grants: ["read", "write", "net", "env", "run"], programs: ["sh", "setsid"] };

/** The supervisor of boxes: docker, and ending it with what it started. */
const BOXES: Needs = {
  grants: ["read", "write", "net", "env", "run", "sys"],
  programs: ["docker", "warden", "kill"],
};

/** Runs of the agent: the boxes of their tools, and `env`, which starts those on this machine where that is configured. */
const RUNS: Needs = { ...BOXES, programs: [...BOXES.programs!, "env"] };

const ASK_DOCKER: Needs = { grants: ["read", "env", "run", "sys"], programs: ["docker", "kill"] };

/** By the words of the command. A command that is not here keeps nothing but `LOOK`. */
const NEEDS: Readonly<Record<string, Needs>> = {
  "autopilot doctor": PROBE,
  "doctor": PROBE,
  "preflight": PROBE,
  "mcp start": TOOLS,
  "mcp proxy": BOXES,
  "sandbox run": BOXES,
  "sandbox prune": BOXES,
  "sandbox list": ASK_DOCKER,
  "sandbox logs": ASK_DOCKER,
  "sandbox status": ASK_DOCKER,
  "warden init": TOOLS,
  "warden wrap": { ...BOXES, programs: [...BOXES.programs!, "env"] },
  "model test": { grants: ["read", "net", "env"] },
  "run": RUNS,
  "serve": RUNS,
  "sessions list": LOOK_AT_STORE,
  "sessions show": LOOK_AT_STORE,
  "sessions export": LOOK_AT_STORE,
  "sessions delete": EDIT,
  "approvals list": LOOK_AT_STORE,
  "approvals show": LOOK_AT_STORE,
  "approvals approve": EDIT,
  "approvals reject": EDIT,
  "audit list": LOOK_AT_STORE,
  "warden allow": EDIT,
  "warden deny": EDIT,
  "warden clear-logs": EDIT,
  "state backup": LOOK_AT_STORE,
  "state check": LOOK_AT_STORE,
  "token rotate": EDIT,
  "config migrate": EDIT,
  "autopilot schedule add": EDIT,
  "autopilot schedule remove": EDIT,
  "autopilot schedule enable": EDIT,
  "autopilot schedule disable": EDIT,
  "autopilot schedule edit": EDIT,
  "autopilot channel add": EDIT,
  "autopilot channel remove": EDIT,
};

/** The grants that `command` gives up at its start. */
export function unneeded(command: string): Grant[] {
  const { grants, programs = [] } = NEEDS[command] ?? LOOK;
  const whole = PERMISSIONS.filter(({ name }) => !grants.includes(name)).flatMap(({ name, values }) =>
    entries(name, values)
  );
  const kept = new Set(programs);
  const single = grants.includes("run") ? Object.keys(PROGRAMS).filter((name) => !kept.has(name)) : [];
  return [...whole, ...single.map((value): Grant => ({ name: "run", value }))];
}

/** The table's grants one by one, as Deno gives them up and answers for them. */
export function allGrants(): Grant[] {
  return PERMISSIONS.flatMap(({ name, values }) => entries(name, values));
}

function entries(name: Grant["name"], values: readonly string[] | undefined): Grant[] {
  return values ? values.map((value) => ({ name, value })) : [{ name }];
}

/** `run:docker`, `write`. */
export function grantText({ name, value }: Grant): string {
  return value === undefined ? name : `${name}:${value}`;
}

/** The grants of the table that `host` still holds. */
export async function heldGrants(host: Host): Promise<string[]> {
  const held = await Promise.all(
    allGrants().map(async (grant) => await host.holds(grant) ? grantText(grant) : undefined),
  );
  return held.filter((text) => text !== undefined);
}
