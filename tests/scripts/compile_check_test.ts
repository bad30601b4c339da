import { deepEqual, equal, match } from "node:assert/strict";
import { complaints, wantedPermissions } from "../../scripts/compile_check.ts";
import type { Embedded } from "../../scripts/embedded.ts";
import { test } from "../sanitized.ts";

const WANTED = { version: "1.2.3", unstable: ["cron", "net"] };
const RIGHT: Embedded = {
  permissions: wantedPermissions(),
  version: "1.2.3",
  unstable: ["net", "cron"],
  files: [".deno_compile_bundle_12ab.mjs"],
};

test("a right binary has nothing to complain about", () => {
  deepEqual(complaints(RIGHT, WANTED, 3_000_000), []);
});

test("a binary that may do more than the table says is refused, one sentence for each", () => {
  const permissions = {
    ...RIGHT.permissions,
    "allow_ffi": [],
    "allow_run": [],
    "deny_net": null,
    "prompt": true,
  };
  const found = complaints({ ...RIGHT, permissions }, WANTED, 3_000_000);
  equal(found.length, 4);
  match(found.join("\n"), /^allow_run is \[\], the permission table says \["docker",/m);
  match(found.join("\n"), /^allow_ffi is \[\], the permission table says null$/m);
  match(found.join("\n"), /^deny_net is null, the permission table says \["169\.254\.0\.0\/16"/m);
  match(found.join("\n"), /^prompt is true, the permission table says false$/m);
});

test("another version, other features, other files or another size are refused", () => {
  match(
    complaints({ ...RIGHT, version: "1.2.2" }, WANTED, 1).join(),
    /its version is 1\.2\.2, deno\.json says 1\.2\.3/,
  );
  match(complaints({ ...RIGHT, unstable: ["cron"] }, WANTED, 1).join(), /its unstable features are cron, /);
  match(complaints({ ...RIGHT, files: ["a.ts", "b.ts"] }, WANTED, 1).join(), /it holds a\.ts, b\.ts, /);
  match(complaints({ ...RIGHT, files: [] }, WANTED, 1).join(), /it holds no file, /);
  match(complaints(RIGHT, WANTED, 0).join(), /it is 0 bytes larger than the runtime/);
  match(complaints(RIGHT, WANTED, 100_000_000).join(), /it is 100000000 bytes larger than the runtime/);
});
