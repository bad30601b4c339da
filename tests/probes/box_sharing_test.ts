import { deepEqual } from "node:assert/strict";
import { boxSharing } from "../../src/probes/box_sharing.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const sharing = async (autopilot: string) =>
  boxSharing(await contextOn(fakeHost({ files: { "/home/ada/.stakpak/autopilot.toml": autopilot } })));
const OPS = '[[schedules]]\nname = "s"\ncron = "* * * * *"\nprompt = "p"\nprofile = "ops"\n';

test("profiles that share a box are named, with what gives each session its own", async () => {
  deepEqual((await sharing(OPS)).warned, [
    '"default", "ops" share one box, one trust domain; sandbox_mode = "ephemeral" under [server] gives each session its own',
  ]);
});

test("one profile shares with nobody, and nobody shares an ephemeral box", async () => {
  deepEqual(await sharing(""), { warned: [], noted: [] });
  deepEqual(await sharing(`[server]\nsandbox_mode = "ephemeral"\n${OPS}`), { warned: [], noted: [] });
});

test("ephemeral boxes that share a configured workspace are told of", async () => {
  deepEqual(await sharing(`[server]\nsandbox_mode = "ephemeral"\n[sandbox]\nworkspace = "/srv/work"\n`), {
    warned: [],
    noted: ["every session's box sees the one workspace under [sandbox], other sessions' files included"],
  });
});
