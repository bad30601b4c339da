import assert from "node:assert/strict";
import { credentialPlaces } from "../../src/config/credential_folders.ts";
import { test } from "../sanitized.ts";

test("credentialPlaces() has the folders of every tool that the Rust implementation mounts by default", () => {
  const paths = credentialPlaces("/home/ada").map(({ path }) => path);
  for (const name of [".aws", ".config/gcloud", ".azure", ".digitalocean", ".kube", ".ssh", ".stakpak"]) {
    assert.ok(paths.includes(`/home/ada/${name}`), name);
  }
});
