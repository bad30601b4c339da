import assert from "node:assert/strict";
import { DEFAULT_PROFILE, usualProfile } from "../../src/config/profile_names.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("usualProfile() is that of the environment, else the default one", () => {
  assert.equal(usualProfile(fakeHost({ env: { STAKPAK_PROFILE: "ops" } })), "ops");
  assert.equal(usualProfile(fakeHost({ env: { STAKPAK_PROFILE: "" } })), DEFAULT_PROFILE);
  assert.equal(usualProfile(fakeHost()), DEFAULT_PROFILE);
});
