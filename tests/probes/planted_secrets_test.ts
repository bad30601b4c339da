/** A credential pasted into any string, key or table name of either file is repeated by nobody. */
import assert from "node:assert/strict";
import fc from "fast-check";
import { PROBES } from "../../src/probes/registry.ts";
import { CREDENTIALS } from "../fakes/credentials.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { EVERY_AUTOPILOT_KEY, EVERY_CONFIG_KEY } from "../config/every_key.ts";
import { crossChecks } from "../../src/config/cross_checks.ts";
import { profileNames, tryResolveProfile } from "../../src/config/resolve_profile.ts";
import { UserError } from "../../src/domain/error.ts";
import { runs, SEED } from "../runs.ts";
import { test } from "../sanitized.ts";

/** Strings, keys, and the last part of table names. */
const PLACES = /"(?:[^"\\\n]|\\.)*"|^[a-z_]+(?= = )|(?<=^\[+[\w.]*)[a-z]+(?=\]+$)/gm;

interface Planted {
  readonly credential: string;
  readonly config: string;
  readonly autopilot: string;
}

const planted: fc.Arbitrary<Planted> = fc.record({
  file: fc.constantFrom("config", "autopilot"),
  at: fc.nat(10_000),
  credential: fc.constantFrom(...CREDENTIALS),
  around: fc.constantFrom("", "x ", "/", "~/", "a,"),
}).map(({ file, at, credential, around }) => {
  const text = file === "config" ? EVERY_CONFIG_KEY : EVERY_AUTOPILOT_KEY;
  const places = [...text.matchAll(PLACES)];
  const place = places[at % places.length]!;
  const changed = text.slice(0, place.index) + JSON.stringify(around + credential) +
    text.slice(place.index + place[0].length);
  const files = { config: EVERY_CONFIG_KEY, autopilot: EVERY_AUTOPILOT_KEY };
  return { credential, ...files, [file]: changed };
});

async function said({ config, autopilot }: Planted): Promise<string> {
  const host = fakeHost({
    env: { ANTHROPIC_API_KEY: "k" },
    files: { "/home/ada/.stakpak/config.toml": config, "/home/ada/.stakpak/autopilot.toml": autopilot },
  });
  const context = await contextOn(host);
  const results = PROBES.filter(({ category }) => category === "configuration" || category === "security")
    .map(async (probe) => ({ id: probe.id, ...await probe.check(context) }));
  const refusals = profileNames(context.config).map((name) => {
    const found = tryResolveProfile(context.config, name);
    return found instanceof UserError ? [found.message, found.hint] : [];
  });
  const problems = [context.config, context.autopilot].flatMap((loaded) => loaded.problems);
  return JSON.stringify([
    problems,
    crossChecks(context.config, context.autopilot),
    refusals,
    await Promise.all(results),
  ]);
}

test("no message of the configuration repeats a planted credential", async () => {
  await fc.assert(
    fc.asyncProperty(planted, async (files) => {
      const text = await said(files);
      assert.ok(
        !text.includes(files.credential),
        text.slice(Math.max(0, text.indexOf(files.credential) - 200)).slice(0, 400),
      );
    }),
    { numRuns: runs(6_000), seed: SEED },
  );
});
