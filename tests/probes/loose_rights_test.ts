import assert from "node:assert/strict";
import { PathError } from "../../src/host/inspection.ts";
import { statePaths } from "../../src/config/paths.ts";
import { looseRights } from "../../src/probes/loose_rights.ts";
import { type FakeFile, fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const PATH = "/home/ada/.stakpak/my key";

function found(file: FakeFile) {
  const host = fakeHost({ files: { [PATH]: file } });
  return looseRights({ host, paths: statePaths(host) }, PATH);
}

test("looseRights() has nothing against what only its owner can touch, or what is not there", async () => {
  for (const mode of [0o600, 0o400, 0o700]) assert.deepEqual(await found({ mode }), []);
  const host = fakeHost();
  assert.deepEqual(await looseRights({ host, paths: statePaths(host) }, PATH), []);
});

test("looseRights() takes rights away and never gives any", async () => {
  const cases: [FakeFile, string, string][] = [
    [{ mode: 0o644 }, "0644", "600"],
    [{ mode: 0o440 }, "0440", "400"],
    [{ mode: 0o755 }, "0755", "600"],
    [{ mode: 0o077 }, "0077", "000"],
    [{ kind: "directory", mode: 0o755 }, "0755", "700"],
    [{ kind: "directory", mode: 0o2570 }, "2570", "500"],
  ];
  for (const [file, is, wanted] of cases) {
    assert.deepEqual(await found(file), [{
      line: `~/.stakpak/my key has mode ${is}, must be 0${wanted}`,
      command: `chmod ${wanted} '${PATH}'`,
    }]);
  }
});

test("looseRights() finds another owner first", async () => {
  assert.deepEqual(await found({ mode: 0o644, uid: 1001 }), [{
    line: "~/.stakpak/my key belongs to uid 1001, must be yours",
    command: `sudo chown "$(id -u)" '${PATH}'`,
  }]);
});

test("looseRights() judges what a link leads to", async () => {
  const host = fakeHost({
    files: { [PATH]: { link: "/data/key", mode: 0o777 }, "/data/key": { mode: 0o600, uid: 1000 } },
  });
  assert.deepEqual(await looseRights({ host, paths: statePaths(host) }, PATH), []);
});

test("looseRights() says what cannot be looked at, and has no command for it", async () => {
  const fake = fakeHost();
  const host = {
    ...fake,
    status: (path: string) => Promise.reject(new PathError(path, "permission denied")),
  };
  assert.deepEqual(await looseRights({ host, paths: statePaths(host) }, PATH), [
    { line: '"~/.stakpak/my key": permission denied' },
  ]);
  const broken = { ...fake, status: () => Promise.reject(new TypeError("bug")) };
  await assert.rejects(looseRights({ host: broken, paths: statePaths(broken) }, PATH), TypeError);
});
