import assert from "node:assert/strict";
import { isVolumeName, parseMount } from "../../src/config/mount_text.ts";
import { test } from "../sanitized.ts";

test("parseMount() reads both sides, and rw where nothing is said", () => {
  const mount = { host: "/srv/a", container: "/a", named: false };
  assert.deepEqual(parseMount("/srv/a:/a", "/home/ada"), { ...mount, access: "rw" });
  assert.deepEqual(parseMount(" /srv/a:/a:ro ", "/home/ada"), { ...mount, access: "ro" });
  assert.deepEqual(parseMount("/srv/a:/a:rw", "/home/ada"), { ...mount, access: "rw" });
});

test("parseMount() expands ~", () => {
  assert.equal(parseMount("~/a:/a", "/home/ada")?.host, "/home/ada/a");
});

test("parseMount() refuses what is no mount", () => {
  for (const text of ["", "/a", "/a:b", "/a:/b:rx", "/a:/b:ro:z", ":/a", "a b"]) {
    assert.equal(parseMount(text, "/home/ada"), undefined, text);
  }
});

test("isVolumeName() is as in the seed: no slash, and no . or ~ in front", () => {
  const cases: [string, boolean][] = [
    ["stakpak-aqua-cache", true],
    ["my-volume", true],
    ["./relative/path", false],
    ["/absolute/path", false],
    ["relative/with/slash", false],
    [".", false],
    ["~", false],
  ];
  for (const [host, expected] of cases) assert.equal(isVolumeName(host), expected, host);
});
