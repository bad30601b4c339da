import assert from "node:assert/strict";
import { platformOf } from "../../src/host/platform.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const family = async (release: string) =>
  (await platformOf(fakeHost({ files: { "/etc/os-release": release } }))).family;

test("platformOf() knows a distribution by its ID, quoted or not, in any case", async () => {
  assert.equal(await family('NAME="Debian GNU/Linux"\nID=debian\n'), "debian");
  assert.equal(await family('ID="Fedora"\n'), "fedora");
  assert.equal(await family("ID='arch'\r\n"), "arch");
});

test("platformOf() falls back on ID_LIKE, in its order", async () => {
  assert.equal(await family('ID=linuxmint\nID_LIKE="ubuntu debian"\n'), "debian");
  assert.equal(await family('ID="rocky"\nID_LIKE="rhel centos fedora"\n'), "rhel");
  assert.equal(await family('ID="opensuse-leap"\nID_LIKE="suse opensuse"\n'), "suse");
});

test("platformOf() prefers ID to ID_LIKE", async () => {
  assert.equal(await family('ID_LIKE="centos rhel fedora"\nID="amzn"\n'), "amazon");
  assert.equal(await family('ID="ol"\nID_LIKE="fedora"\n'), "rhel");
});

test("platformOf() says other for what it does not know, has not or may not read", async () => {
  assert.equal(await family("ID=constructor\n"), "other");
  assert.equal((await platformOf(fakeHost())).family, "other");
  const unreadable = fakeHost({ files: { "/etc/os-release": { unreadable: true } } });
  assert.equal((await platformOf(unreadable)).family, "other");
});

test("platformOf() reads /usr/lib/os-release where /etc has none", async () => {
  const host = fakeHost({ files: { "/usr/lib/os-release": "ID=suse\n" } });
  assert.equal((await platformOf(host)).family, "suse");
});

test("platformOf() knows WSL by its kernel or by its variable", async () => {
  const wsl = async (machine: FakeMachine) => (await platformOf(fakeHost(machine))).wsl;
  assert.equal(await wsl({ kernel: "5.15.153.1-microsoft-standard-WSL2" }), true);
  assert.equal(await wsl({ kernel: "4.4.0-19041-Microsoft" }), true);
  assert.equal(await wsl({ env: { WSL_DISTRO_NAME: "Ubuntu" } }), true);
  assert.equal(await wsl({}), false);
});

test("platformOf() knows systemd by its folder", async () => {
  const folder = { kind: "directory" as const };
  assert.equal(
    (await platformOf(fakeHost({ files: { "/run/systemd/system": folder } }))).systemd,
    true,
  );
  assert.equal((await platformOf(fakeHost())).systemd, false);
});

test("platformOf() looks at nothing of Linux on macOS and Windows", async () => {
  for (const os of ["darwin", "windows"] as const) {
    const host = fakeHost({ os, files: { "/etc/os-release": "ID=debian\n" }, env: { WSL_DISTRO_NAME: "x" } });
    assert.deepEqual(await platformOf(host), { os, family: "other", wsl: false, systemd: false });
  }
});
