import { runCli } from "../../src/cli/run.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import type { Stage, Transcript } from "./transcript.ts";

const HOME = "/home/ada";

/** Runs commands in this process, on a machine described by a table. */
export function fakeStage({ files }: Transcript, machine: FakeMachine): Stage {
  const mine = Object.fromEntries(Object.entries(files).map(([path, text]) => [`${HOME}/${path}`, text]));
  let kept: Record<string, string> = {};
  return {
    async run({ args, env, stdin }) {
      const host = fakeHost({
        ...machine,
        files: { ...machine.files, ...mine, ...kept },
        env: { ...machine.env, ...env },
        ...(stdin === undefined ? {} : { stdin }),
      });
      const exit = await runCli(args, { host, version: "0.0.0-test", signal: new AbortController().signal });
      kept = host.written();
      return { out: host.stdout(), err: host.stderr(), exit };
    },
    read: (path) => Promise.resolve(kept[`${HOME}/${path}`] ?? mine[`${HOME}/${path}`]),
  };
}
