import assert from "node:assert/strict";
import type { LinuxFamily, Platform } from "../../src/host/platform.ts";
import {
  installDocker,
  joinDocker,
  repointDocker,
  restartDocker,
  startDocker,
} from "../../src/probes/docker_fixes.ts";
import { test } from "../sanitized.ts";

const linux: Platform = { os: "linux", family: "debian", wsl: false, systemd: true };
const wsl: Platform = { ...linux, wsl: true, systemd: false };
const macos: Platform = { os: "darwin", family: "other", wsl: false, systemd: false };
const windows: Platform = { ...macos, os: "windows" };

const everyFix = (platform: Platform) => [
  installDocker(platform),
  startDocker(platform, ""),
  startDocker(platform, "unix:///run/user/1000/docker.sock unix:///Users/ada/.colima/docker.sock"),
  restartDocker(platform),
  joinDocker(platform),
  repointDocker(platform, undefined),
  repointDocker(platform, "DOCKER_HOST"),
];

test("no fix on macOS or Windows speaks of Linux", () => {
  for (const fix of [...everyFix(macos), ...everyFix(windows)]) {
    assert.doesNotMatch(JSON.stringify(fix), /sudo|systemctl|usermod|apt-get|dnf|service docker/);
  }
});

test("no fix loosens the mode of anything", () => {
  for (const platform of [linux, wsl, macos, windows]) {
    assert.doesNotMatch(JSON.stringify(everyFix(platform)), /chmod|chown|setfacl|666|777/);
  }
});

test("every command on Linux and macOS is one that a shell can parse", async () => {
  const families: LinuxFamily[] = ["debian", "amazon", "fedora", "rhel", "suse", "arch", "other"];
  const platforms = [...families.map((family) => ({ ...linux, family })), wsl, macos];
  for (const { command } of platforms.flatMap(everyFix)) {
    if (command === undefined) continue;
    const { code } = await new Deno.Command("sh", { args: ["-n", "-c", command], stderr: "null" }).output();
    assert.equal(code, 0, command);
  }
});

test("installDocker() uses the package manager of the family", () => {
  const command = (family: LinuxFamily) => installDocker({ ...linux, family }).command!;
  assert.match(command("debian"), /^sudo apt-get update && sudo apt-get install -y docker\.io && /);
  assert.match(command("amazon"), /^sudo dnf install -y docker && /);
  assert.match(command("rhel"), /docker-ce\.repo/, "its own package docker is podman");
  assert.match(command("suse"), /zypper/);
  assert.match(command("arch"), /pacman/);
  assert.match(installDocker({ ...linux, family: "other" }).summary, /docs\.docker\.com/);
});

test("startDocker() starts the daemon that docker asked", () => {
  assert.equal(
    startDocker(linux, "unix:///var/run/docker.sock").command,
    "sudo systemctl enable --now docker",
  );
  assert.equal(
    startDocker(linux, "unix:///run/user/1000/docker.sock").command,
    "systemctl --user start docker",
  );
  assert.equal(startDocker(macos, "unix:///Users/ada/.colima/default/docker.sock").command, "colima start");
  assert.equal(startDocker(macos, "unix:///Users/ada/.docker/run/docker.sock").command, "open -a Docker");
});

test("startDocker() does without systemd where there is none, and says how WSL gets it", () => {
  assert.equal(startDocker(wsl, "").command, "sudo service docker start");
  assert.match(startDocker(wsl, "").summary, /wsl\.conf/);
  assert.doesNotMatch(startDocker({ ...wsl, wsl: false }, "").summary, /wsl/);
});

test("restartDocker() names systemd's command only under systemd", () => {
  assert.equal(restartDocker(linux).command, "sudo systemctl restart docker");
  assert.equal(restartDocker(wsl).command, "sudo service docker restart");
});

test("repointDocker() unsets the variable that points elsewhere, or changes the context", () => {
  assert.equal(repointDocker(linux, "DOCKER_HOST").command, "unset DOCKER_HOST");
  assert.equal(repointDocker(windows, "DOCKER_HOST").command, "Remove-Item Env:DOCKER_HOST");
  assert.equal(repointDocker(linux, undefined).command, "docker --context default context use default");
});
