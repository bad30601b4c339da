import assert from "node:assert/strict";
import { pasteable, pasteableCommand } from "../../src/cli/pasteable.ts";
import { buildReport } from "../../src/probes/build_report.ts";
import type { ProbeResult } from "../../src/probes/probe.ts";
import { probeThat } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

function fixOf(command: string, program: readonly string[]): string | undefined {
  const result: ProbeResult = { status: "warn", summary: "s", fix: { summary: "f", command } };
  const answers = [{ probe: probeThat("a", result), result, durationMs: 0 }];
  const options = {
    version: "1",
    mode: "doctor",
    strict: false,
    acknowledgements: [],
    now: new Date(0),
    durationMs: 0,
  } as const;
  return pasteable(buildReport(answers, options), program).checks[0]!.fix?.command;
}

const NPX = `npx -y deno@${Deno.version.deno}`;
const CHECKOUT = ["/usr/bin/deno", "run", "main.ts"];

test("pasteable() starts the program as a checkout does, wherever a command begins", () => {
  assert.equal(
    fixOf("mkdir x && (umask 077; stakpak config sample)", CHECKOUT),
    "mkdir x && (umask 077; deno task stakpak config sample)",
  );
  assert.equal(
    fixOf("stakpak down && stakpak up", CHECKOUT),
    "deno task stakpak down && deno task stakpak up",
  );
});

test("pasteable() starts it through npx where that is where Deno came from", () => {
  const program = ["/home/ada/.npm/_npx/7a40be787520bede/node_modules/deno/deno", "run", "main.ts"];
  assert.equal(fixOf("stakpak config validate", program), `${NPX} task stakpak config validate`);
});

test("pasteable() leaves paths, units and the installed program alone", () => {
  assert.equal(
    fixOf("systemctl --user status stakpak-autopilot", CHECKOUT),
    "systemctl --user status stakpak-autopilot",
  );
  assert.equal(fixOf("chmod 600 ~/.stakpak/config.toml", CHECKOUT), "chmod 600 ~/.stakpak/config.toml");
  assert.equal(fixOf("stakpak up", ["/usr/local/bin/stakpak"]), "stakpak up");
});

test("pasteableCommand() names the task wherever a command of ours begins, in a checkout alone", () => {
  const command = "stakpak approvals approve call_1 && stakpak run --session s --resume";
  assert.equal(pasteableCommand(command, ["/usr/bin/stakpak"]), command);
  assert.equal(
    pasteableCommand(command, ["/usr/bin/deno", "run"]),
    "deno task stakpak approvals approve call_1 && deno task stakpak run --session s --resume",
  );
});
