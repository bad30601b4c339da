import assert from "node:assert/strict";
import { paksAddress } from "../../src/server/paks_address.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const at = (api_endpoint?: string, env: Record<string, string> = {}) =>
  paksAddress(api_endpoint === undefined ? {} : { api_endpoint }, fakeHost({ env }));

test("paksAddress() is Stakpak's own, the profile's, or the variable's", () => {
  assert.deepEqual(at(), { url: "https://apiv2.stakpak.dev/v1/paks/mcp" });
  assert.deepEqual(at("https://api.example/base/"), { url: "https://api.example/base/v1/paks/mcp" });
  assert.deepEqual(at("https://api.example/v1"), { url: "https://api.example/v1/paks/mcp" });
  const env = { STAKPAK_API_ENDPOINT: "https://other.example" };
  assert.deepEqual(at("https://api.example", env), { url: "https://other.example/v1/paks/mcp" });
});

test("paksAddress() sends a key over https, or to this machine", () => {
  for (const local of ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:1"]) {
    assert.deepEqual(at(local), { url: `${local}/v1/paks/mcp` });
  }
  for (
    const wrong of ["http://api.example", "http://127.0.0.1.evil.example", "ftp://x", "https://u:p@x.example"]
  ) {
    const found = at(wrong);
    assert.ok("wrong" in found, wrong);
    assert.ok(!found.wrong.includes("u:p"));
  }
});
