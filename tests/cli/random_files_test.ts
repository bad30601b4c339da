import fc from "fast-check";
import assert from "node:assert/strict";
import { runCli } from "../../src/cli/run.ts";
import { AUTOPILOT_SAMPLE, CONFIG_SAMPLE } from "../../src/config/sample.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { healthy } from "../fakes/machines.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";
import { RIGHT_FILES, WRONG_FILES } from "./planted_secrets.ts";

const FULL_COUNT = 10_000;
const STATE = "/home/ada/.stakpak";

const COMMANDS = [
  ["config", "validate"],
  ["config", "show"],
  ["autopilot", "schedule", "list"],
  ["autopilot", "channel", "list"],
  ["doctor", "--skip", "docker_installed,docker_accessible"],
];

const EXAMPLES = [
  CONFIG_SAMPLE,
  AUTOPILOT_SAMPLE,
  ...Object.values(RIGHT_FILES),
  ...Object.values(WRONG_FILES),
];

/** An example with bytes replaced, removed, doubled or moved. */
const mutated = fc.tuple(
  fc.constantFrom(...EXAMPLES),
  fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(12),
      put: fc.oneof(
        fc.string(),
        fc.constantFrom(
          "[",
          "]",
          '"',
          "=",
          "\n",
          "\r\n",
          "\u0000",
          "{",
          "'''",
          "#",
          "__proto__",
          "[[schedules]]\n",
          "9".repeat(30),
          "-1",
          "true",
          "1979-05-27",
        ),
      ),
    }),
    { maxLength: 6 },
  ),
).map(([text, edits]) =>
  edits.reduce((result, { at, cut, put }) => {
    const from = Math.floor(at * result.length);
    return result.slice(0, from) + put + result.slice(from + cut);
  }, text)
);

/** Tables with our keys and values of any kind. */
const keys = fc.constantFrom(
  "profiles",
  "default",
  "schedules",
  "channels",
  "slack",
  "server",
  "listen",
  "cron",
  "prompt",
  "name",
  "max_turns",
  "api_key",
  "__proto__",
  "constructor",
  "toString",
  "providers",
  "type",
  "auth",
);
const invented = fc.array(
  fc.record({
    table: fc.array(keys, { minLength: 1, maxLength: 3 }),
    array: fc.boolean(),
    key: keys,
    value: fc.oneof(
      fc.string().map((text) => JSON.stringify(text)),
      fc.integer().map(String),
      fc.boolean().map(String),
      fc.constant("[1, 'x', {a = 1}]"),
      fc.constant("{type = 'openai'}"),
    ),
  }),
  { maxLength: 8 },
).map((parts) =>
  parts.map(({ table, array, key, value }) =>
    `${array ? "[[" : "["}${table.join(".")}${array ? "]]" : "]"}\n${key} = ${value}\n`
  ).join("")
);

const anyFile = fc.oneof(mutated, invented, fc.string({ unit: "binary", maxLength: 300 }));

test(`any pair of files gives words, never a stack, a hang or a changed file (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(anyFile, anyFile, fc.constantFrom(...COMMANDS), async (config, autopilot, args) => {
      const files = { [`${STATE}/config.toml`]: config, [`${STATE}/autopilot.toml`]: autopilot };
      const host = fakeHost({ ...healthy, files: { ...healthy.files, ...files } });
      const exit = await runCli(args, { host, version: "0.0.0-test", signal: AbortSignal.timeout(20_000) });
      const said = host.stdout() + host.stderr();
      assert.ok(!/^ +at .*:\d+:\d+/m.test(said) && !said.includes("has a bug"), said);
      assert.ok([0, 1, 2].includes(exit), `exit ${exit}`);
      assert.ok(!said.includes("Cannot tell:"), said);
      assert.deepEqual(host.written(), {});
    }),
    { numRuns: runs(FULL_COUNT), seed: SEED },
  );
});
