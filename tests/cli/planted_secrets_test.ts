import assert from "node:assert/strict";
import { runCli } from "../../src/cli/run.ts";
import { FORMATS } from "../../src/probes/formats.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { healthy } from "../fakes/machines.ts";
import { test } from "../sanitized.ts";
import { LOOKING } from "./commands_that_look.ts";
import {
  PLANTED,
  PLANTED_ENVIRONMENT,
  RIGHT_FILES,
  UNREADABLE_FILES,
  WRONG_FILES,
} from "./planted_secrets.ts";

const COMMANDS = [
  // Its owner asks for it.
  ...LOOKING.filter(([command]) => command !== "token"),
  ...FORMATS.map(({ name }) => ["doctor", "--format", name]),
  ["doctor", "--output", "json=/home/ada/report.json", "--verbose"],
  ["config", "show", "--profile", "second"],
  ["config", "show", "--profile", "third"],
  ["config", "show", "--profile", "nobody"],
  ["config", "migrate", "--write"],
  ["autopilot", "schedule", "disable", "health-check"],
  ["autopilot", "schedule", "remove", "nobody"],
  ["autopilot", "channel", "add", "telegram", "--token", PLANTED[0]!],
  ["autopilot", "channel", "add", "slack", "--bot-token", `${PLANTED[1]} x`],
  ["autopilot", "channel", "remove", "discord"],
];

const SETS = { right: RIGHT_FILES, wrong: WRONG_FILES, unreadable: UNREADABLE_FILES };

for (const [name, files] of Object.entries(SETS)) {
  for (const debug of [[], ["--debug"]]) {
    test(`no planted secret is printed by any command, files ${name} ${debug.join("")}`, async () => {
      for (const args of COMMANDS) {
        const host = fakeHost({
          ...healthy,
          files: {
            ...healthy.files,
            ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`/home/ada/${path}`, text])),
          },
          env: { ...healthy.env, ...PLANTED_ENVIRONMENT },
        });
        await runCli([...args, ...debug], {
          host,
          version: "0.0.0-test",
          signal: new AbortController().signal,
        });
        const said = host.stdout() + host.stderr() + (host.fileText("/home/ada/report.json") ?? "");
        for (const secret of PLANTED) {
          assert.ok(!said.includes(secret), `stakpak ${args.join(" ")} prints ${secret}:\n${said}`);
        }
      }
    });
  }
}

test("fifty secrets are planted", () => {
  const everything = JSON.stringify([RIGHT_FILES, WRONG_FILES, UNREADABLE_FILES, PLANTED_ENVIRONMENT]);
  assert.deepEqual(PLANTED.filter((secret) => !everything.includes(secret)), []);
  assert.equal(new Set(PLANTED).size, 50);
});
