import assert from "node:assert/strict";
import type { Fix, Occasion, Probe, ProbeContext, ProbeResult } from "../../src/probes/probe.ts";
import { fakeHost, type FakeMachine } from "./fake_host.ts";
import { contextOn } from "./fake_probes.ts";

/** A probe's answer with every field readable. */
export interface Answer {
  readonly status: ProbeResult["status"];
  readonly summary: string;
  readonly details: readonly string[];
  readonly fix: Fix | undefined;
  readonly transient: boolean;
}

/** Asks one probe on a machine; fails when the machine's table has a command line that the probe does not run. */
export async function ask(
  probe: Probe,
  machine: FakeMachine,
  more: Partial<ProbeContext> & { occasion?: Occasion } = {},
): Promise<Answer> {
  const host = fakeHost(machine);
  const context = { ...await contextOn(host, more.occasion), ...more };
  const result = await probe.check(context);
  assert.deepEqual(host.unused(), [], "command lines that nobody ran");
  return {
    status: result.status,
    summary: result.summary,
    details: result.details ?? [],
    fix: "fix" in result ? result.fix : undefined,
    transient: "transient" in result && result.transient === true,
  };
}
