import { deepEqual } from "node:assert/strict";
import { egressRules } from "../../src/probes/egress_rules.ts";
import { ask } from "../fakes/ask.ts";
import { test } from "../sanitized.ts";

const on = (sandbox: string) =>
  ask(egressRules, { files: { "/home/ada/.stakpak/autopilot.toml": `[sandbox]\n${sandbox}\n` } });

test("egress_rules passes where nothing gets out, and where rules name single owners", async () => {
  const summaries = await Promise.all(
    [
      "",
      'warden = "none"\negress = ["*.github.io:443"]',
      'egress = ["github.com:443"]',
      'egress = ["github.com:443", "*.example.org:443", "10.1.0.0/16:5432"]',
    ].map(async (text) => {
      const { status, summary } = await on(text);
      return [status, summary];
    }),
  );
  deepEqual(summaries, [
    ["pass", "Boxes connect nowhere"],
    ["pass", 'Boxes connect nowhere (warden = "none")'],
    ["pass", "Boxes connect to what 1 rule names"],
    ["pass", "Boxes connect to what 3 rules name"],
  ]);
});

test("egress_rules warns about names that anybody can have, and how to take them away", async () => {
  const { status, summary, details, fix } = await on(
    'egress = ["github.com:443", "*.amazonaws.com:443", "0.0.0.0/0:22"]',
  );
  deepEqual([status, summary], ["warn", "2 of 3 egress rules let out to strangers"]);
  deepEqual(details, [
    '"*.amazonaws.com:443" covers names that anybody can have below amazonaws.com',
    '"0.0.0.0/0:22" covers 4294967296 addresses',
  ]);
  deepEqual(fix?.command, "stakpak warden deny '*.amazonaws.com:443' 0.0.0.0/0:22");
});
