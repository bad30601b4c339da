import assert from "node:assert/strict";
import { launchdPlist, launchdPlistPath } from "../../src/host/launchd_plist.ts";
import { serviceUnit, serviceUnitPath } from "../../src/host/service_unit.ts";
import { serviceFile, serviceInstalled } from "../../src/probes/service_installed.ts";
import { ask } from "../fakes/ask.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { contextOn } from "../fakes/fake_probes.ts";
import { test } from "../sanitized.ts";

const UNIT = serviceUnitPath("/home/ada");
const options = (home: string) => ({
  program: ["/usr/local/bin/stakpak"],
  profile: "default",
  config: `${home}/.stakpak/config.toml`,
  home,
  state: `${home}/.stakpak`,
});
const TEXT = serviceUnit(options("/home/ada"));
const installed = (text: string) => ({ files: { [UNIT]: text } });

test("service_installed skips when it is not installed and says how it becomes", async () => {
  const answer = await ask(serviceInstalled, {});
  assert.deepEqual([answer.status, answer.summary], ["skip", "Service is not installed: stakpak up"]);
});

test("service_installed passes when the unit is what up would write", async () => {
  const answer = await ask(serviceInstalled, installed(TEXT));
  assert.equal(answer.status, "pass");
  assert.deepEqual(answer.details, ["~/.config/systemd/user/stakpak-autopilot.service"]);
});

test("service_installed compares the agent on macOS", async () => {
  const files = { [launchdPlistPath("/Users/ada")]: launchdPlist(options("/Users/ada")) };
  const machine = { os: "darwin", env: { HOME: "/Users/ada" }, files } as const;
  assert.equal((await ask(serviceInstalled, machine)).status, "pass");
  assert.equal((await ask(serviceInstalled, { ...machine, program: ["/opt/stakpak"] })).status, "warn");
});

test("service_installed warns about another program, profile or limit, and names the keys alone", async () => {
  const old = TEXT.replace("/usr/local/bin/stakpak", "/home/ada/old/stakpak").replace(
    "RestartSec=5",
    "RestartSec=9",
  );
  const answer = await ask(serviceInstalled, installed(`${old}Environment=API_KEY=planted\n`));
  assert.equal(answer.status, "warn");
  assert.deepEqual(answer.details, [
    "~/.config/systemd/user/stakpak-autopilot.service differs in: ExecStart, RestartSec, Environment",
  ]);
  assert.doesNotMatch(JSON.stringify(answer), /planted/);
  assert.equal(answer.fix!.command, "stakpak up");
});

test("service_installed asks for the profile of this command", async () => {
  const answer = await ask(serviceInstalled, installed(TEXT), { profile: "on call" });
  assert.match(answer.details[0]!, /differs in: ExecStart$/);
  assert.equal(answer.fix!.command, "stakpak --profile 'on call' up");
});

test("service_installed warns when only the order of lines differs", async () => {
  const lines = TEXT.split("\n");
  const swapped = [...lines.slice(0, 2), lines[3], lines[2], ...lines.slice(4)].join("\n");
  const answer = await ask(serviceInstalled, installed(swapped));
  assert.match(answer.details[0]!, /differs in: the order of its lines$/);
});

test("service_installed makes a relative --config absolute", async () => {
  const machine = {
    files: {
      [UNIT]: TEXT.replace("/home/ada/.stakpak/config.toml", "/srv/c.toml"),
      "c.toml": { link: "/srv/c.toml" },
      "/srv/c.toml": "",
    },
  };
  const context = await contextOn(fakeHost(machine));
  const paths = { ...context.paths, config: "c.toml" };
  assert.equal((await ask(serviceInstalled, machine, { paths })).status, "pass");
});

test("service_installed skips on Windows", async () => {
  const answer = await ask(serviceInstalled, { os: "windows", env: { USERPROFILE: "C:\\Users\\ada" } });
  assert.equal(answer.status, "skip");
  assert.equal(serviceFile({ os: "windows" }, "C:\\Users\\ada"), undefined);
});
