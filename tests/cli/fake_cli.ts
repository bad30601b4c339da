import type { Cli } from "../../src/cli/cli.ts";
import { terminalOn } from "../../src/cli/terminal.ts";
import { loadAutopilot } from "../../src/config/autopilot_file.ts";
import { loadConfig } from "../../src/config/config_file.ts";
import { statePaths } from "../../src/config/paths.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";

/** What a command works with on a machine that a table describes. */
export function fakeCli(machine: FakeMachine, profile = "default"): Cli {
  const host = fakeHost(machine);
  const paths = statePaths(host);
  const redact = (text: string) => text;
  return {
    host,
    paths,
    profile,
    terminal: terminalOn(host, { color: false, redact }),
    version: "0.0.0-test",
    signal: new AbortController().signal,
    dropped: [],
    redact,
    findSecrets: () => [],
    drop: (grant) => host.drop(grant),
    mayEndWithin: () => {},
    loadConfig: () => loadConfig(host, paths),
    loadAutopilot: () => loadAutopilot(host, paths),
  };
}
