// deno-lint-ignore-file camelcase -- the reasons are those of the wire
import { EXIT, type ExitCode, UserError } from "../domain/error.ts";
import type { FailReason } from "../domain/run_end.ts";
import { callLine } from "./call_text.ts";
import { type RunLeft, statusOf } from "./run_document.ts";
import type { Terminal } from "./terminal.ts";

/** What helps, where something does. */
const HINTS: Partial<Readonly<Record<FailReason, string>>> = {
  model_error: "stakpak model test",
  budget_exceeded: "raise tokens_per_run or tokens_per_day under [budget] in autopilot.toml",
  sandbox_unavailable: "stakpak doctor --live",
  invalid_profile: "stakpak config validate",
};

/** Says on stderr how a run is left; answers how the process ends. */
export function sayHowItIsLeft(terminal: Terminal, left: RunLeft): ExitCode {
  const { run, calls, resume } = left;
  const { end, sessionId, turns, usage } = run;
  const tokens = usage.inputTokens + usage.outputTokens;
  const inSession = `session ${sessionId}, ${turns} ${turns === 1 ? "turn" : "turns"}, ${tokens} tokens`;
  switch (statusOf(run)) {
    case "completed":
      terminal.note(inSession);
      return EXIT.ok;
    case "paused":
      terminal.note(
        `Paused: ${calls.length === 1 ? "a call waits" : `${calls.length} calls wait`} for approval`,
      );
      for (const call of calls) terminal.note(`  ${call.id}  ${callLine(call)}\n    ${call.rule}`);
      terminal.note(`To approve and go on:\n  ${resume}`);
      return EXIT.paused;
    case "max_turns":
      terminal.fail(
        new UserError(`Cannot finish the run: it took as many turns as it may (${inSession})`, {
          hint: `stakpak run --session ${sessionId} "go on"`,
        }),
      );
      return EXIT.failed;
    case "cancelled":
      terminal.note(`Cancelled (${inSession})`);
      return EXIT.failed;
    case "failed": {
      const { failed, error } = end as Extract<typeof end, { failed: unknown }>;
      const hint = HINTS[failed] ?? `stakpak sessions show ${sessionId}`;
      terminal.fail(new UserError(`Cannot finish the run (${failed}): ${error}`, { hint }));
      return EXIT.failed;
    }
  }
}
