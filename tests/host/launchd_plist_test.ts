import assert from "node:assert/strict";
import { launchdPlist, launchdPlistPath } from "../../src/host/launchd_plist.ts";
import { serviceCommand, serviceEnvironment, type ServiceOptions } from "../../src/host/service_command.ts";
import { judge, notJudged } from "../probes/judge.ts";
import { test } from "../sanitized.ts";

const OPTIONS: ServiceOptions = {
  program: ["/opt/homebrew/bin/stakpak"],
  profile: "a & b <c> \"d\" 'e'",
  config: "/Users/ada l/.stakpak/100% $HOME.toml",
  home: "/Users/ada l",
  state: "/Users/ada l/.stakpak",
};

/** The texts of the list or table that follows `key`. */
function strings(plist: string, key: string): string[] {
  const body = new RegExp(`<key>${key}</key>\\s*<(array|dict)>([^]*?)</\\1>`).exec(plist)![2]!;
  return [...body.matchAll(/<string>([^<]*)<\/string>/g)].map(([, text]) =>
    text!.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&")
  );
}

test("launchdPlist() holds the command line and the environment as they were given", () => {
  const plist = launchdPlist(OPTIONS);
  assert.deepEqual(strings(plist, "ProgramArguments"), serviceCommand(OPTIONS));
  const environment = Object.values(serviceEnvironment("darwin", OPTIONS));
  assert.deepEqual(strings(plist, "EnvironmentVariables"), environment);
});

test("launchdPlist() is well-formed XML", async () => {
  const verdict = await judge("xmllint", ["--noout", "--nonet", "-"], { stdin: launchdPlist(OPTIONS) });
  if (!verdict) return notJudged("xmllint is not installed");
  assert.deepEqual(verdict, { ok: true, said: "" });
});

test("launchdPlist() starts at login, again after a failure, and writes files for the user alone", () => {
  const plist = launchdPlist(OPTIONS);
  assert.match(plist, /<key>RunAtLoad<\/key>\s*<true\/>/);
  assert.match(plist, /<key>SuccessfulExit<\/key>\s*<false\/>/);
  assert.match(plist, new RegExp(`<key>Umask</key>\\s*<integer>${0o77}</integer>`));
});

test("launchdPlist() refuses what no property list can hold", () => {
  assert.throws(() => launchdPlist({ ...OPTIONS, profile: "a\0b" }), /control character/);
});

test("launchdPlistPath() is in the user's agents", () => {
  assert.equal(launchdPlistPath("/Users/ada"), "/Users/ada/Library/LaunchAgents/dev.stakpak.autopilot.plist");
});
