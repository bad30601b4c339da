import { deepEqual, throws } from "node:assert/strict";
import { readEmbedded } from "../../scripts/embedded.ts";
import { test } from "../sanitized.ts";

const METADATA = {
  "permissions": { "allow_read": [], "allow_ffi": null, "prompt": false },
  "app_version": "1.2.3",
  "unstable_config": { features: ["cron"] },
};

test("what a binary holds is read behind the last magic word", () => {
  const binary = binaryOf(METADATA, [
    { File: { n: "a.mjs" } },
    { Dir: { name: "lib", entries: [{ File: { n: "b.js" } }] } },
  ]);
  deepEqual(readEmbedded(binary), {
    permissions: METADATA.permissions,
    version: "1.2.3",
    unstable: ["cron"],
    files: ["a.mjs", "lib/b.js"],
  });
});

test("a binary that holds nothing, or packages and remote modules, is refused", () => {
  throws(() => readEmbedded(new TextEncoder().encode("just a runtime")), /Cannot find what is embedded/);
  throws(() => readEmbedded(binaryOf(METADATA, [], { packages: "zod" })), /wanted the bundle alone/);
  throws(() => readEmbedded(binaryOf(METADATA, [], { remoteModules: 1 })), /wanted the bundle alone/);
});

/** As `deno compile` lays it out; see `scripts/embedded.ts`. */
function binaryOf(
  metadata: unknown,
  files: unknown,
  rest: { packages?: string; remoteModules?: number } = {},
): Uint8Array {
  const parts = [
    new TextEncoder().encode("runtime d3n0l4nd runtime d3n0l4ndd3n0l4nd"),
    block(JSON.stringify(metadata)),
    block(rest.packages ?? ""),
    new Uint8Array(12).fill(rest.remoteModules ?? 0),
    block(JSON.stringify(files)),
  ];
  return new Uint8Array(parts.flatMap((part) => [...part]));
}

function block(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(bytes.length), true);
  return new Uint8Array([...length, ...bytes]);
}
