import assert from "node:assert/strict";
import { AUTOPILOT_KIND } from "../../src/config/autopilot_file.ts";
import { CONFIG_KIND } from "../../src/config/config_file.ts";
import { parseFile } from "../../src/config/load.ts";
import { type SetupParts, setUpRun } from "../../src/server/run_setup.ts";
import { test } from "../sanitized.ts";
import { routeOf } from "./run_stage.ts";

const CONFIG = `
[profiles.ops]
model = "openai/of-profile"
allowed_tools = ["view"]
[profiles.plain]
[profiles.broken]
max_turns = 0
`;

function setUp(
  change: Partial<SetupParts["request"]> & Partial<Omit<SetupParts, "request">> & { autopilot?: string } = {},
) {
  const { session = { tools: undefined, model: undefined }, sandbox = true, autopilot = "", ...request } =
    change;
  return setUpRun(
    {
      loadConfig: () => Promise.resolve(parseFile(CONFIG, "config.toml", CONFIG_KIND)),
      loadAutopilot: () => Promise.resolve(parseFile(autopilot, "autopilot.toml", AUTOPILOT_KIND)),
      routeOf,
      firstModel: () => undefined,
      profile: "ops",
    } as Parameters<typeof setUpRun>[0],
    {
      request: { profile: "ops", model: undefined, overrides: {}, ...request },
      session,
      sandbox,
    },
  );
}

test("setUpRun() finds profile, model, policy, limits and budget", async () => {
  const { config, route, place, budget, parallelRuns, notes } = await setUp({
    overrides: { maxTurns: 3, autoApprove: "all" },
    autopilot: "[server]\nmax_parallel_runs = 2\n[budget]\ntokens_per_run = 10\n",
  });
  assert.deepEqual(
    [config.profile, config.model, config.maxTurns, route.model, place, parallelRuns, budget, notes],
    ["ops", "openai/of-profile", 3, "of-profile", "sandbox", 2, { tokens_per_run: 10 }, []],
  );
  assert.deepEqual(config.policy, { allowed: ["stakpak__view"], approve: "all" });
});

test("setUpRun() refuses what does not resolve, and falls back to nothing", async () => {
  const cases: readonly (readonly [Parameters<typeof setUp>[0], string, RegExp])[] = [
    [{ profile: "nobody" }, "invalid_profile", /no such profile/],
    [{ profile: "broken" }, "invalid_profile", /max_turns is 0/],
    [{ profile: "all" }, "invalid_profile", /reserved/],
    [{ model: "nope/x", profile: "plain" }, "invalid_model", /no such provider/],
    [{ profile: "plain" }, "invalid_model", /Cannot choose a model/],
    [{ overrides: { maxTurns: 0 } }, "invalid_overrides", /between 1 and 256/],
    [{ autopilot: "[server]\nmax_parallel_runs = 0\n" }, "invalid_profile", /autopilot.toml:2:21/],
    [{ autopilot: "[budget]\ntokens_per_run = 0\n" }, "invalid_profile", /tokens_per_run/],
    [{ autopilot: '[secrets]\nfiles = "/etc/key"\n' }, "invalid_profile", /secrets.files/],
    [{ autopilot: "[server" }, "invalid_profile", /is not TOML/],
  ];
  for (const [asked, code, words] of cases) {
    await assert.rejects(setUp(asked), (error) => {
      const { code: told, status, message } = error as { code: string; status: number; message: string };
      assert.deepEqual([told, status], [code, 400], message);
      assert.match(message, words);
      return true;
    });
  }
});

test("setUpRun() fixes where tools run at the session's first run, and the host is for those who turned it on", async () => {
  const host = "[server]\nhost_tools = true\n";
  const of = async (change: Parameters<typeof setUp>[0]) => (await setUp(change)).place;
  assert.deepEqual(
    await Promise.all([
      of({}),
      of({ sandbox: false }),
      of({ sandbox: false, autopilot: host }),
      of({ autopilot: host }),
      of({ session: { tools: "none", model: undefined } }),
      of({ session: { tools: "sandbox", model: undefined }, sandbox: false, autopilot: host }),
      of({ session: { tools: "host", model: undefined }, autopilot: host }),
    ]),
    ["sandbox", "none", "host", "sandbox", "none", "sandbox", "host"],
  );
  await assert.rejects(setUp({ session: { tools: "host", model: undefined } }), /host_tools is off/);
  assert.match((await setUp({ sandbox: false })).notes.join(), /has no tools/);
  assert.match((await setUp({ sandbox: false, autopilot: host })).notes.join(), /on the host, outside/);
});
