import { DENIED_NET, type Permission, PERMISSIONS } from "../src/cli/permissions.ts";
import type { Embedded } from "./embedded.ts";

/** The most that our code may add to the runtime: the bundle is under 1 MB, and heavier libraries are to come. */
const ADDED_BYTES_MAX = 24 * 1024 * 1024;

/** What a binary should be. */
export interface Wanted {
  readonly version: string;
  readonly unstable: readonly string[];
}

/** What is wrong with a binary, one sentence each; empty when it is right. */
export function complaints(embedded: Embedded, wanted: Wanted, addedBytes: number): string[] {
  const { permissions, version, unstable, files } = embedded;
  const found: string[] = [];
  for (const [name, value] of Object.entries(wantedPermissions())) {
    if (same(permissions[name] ?? null, value)) continue;
    found.push(
      `${name} is ${JSON.stringify(permissions[name])}, the permission table says ${JSON.stringify(value)}`,
    );
  }
  if (version !== wanted.version) found.push(`its version is ${version}, deno.json says ${wanted.version}`);
  if (!same(unstable, wanted.unstable)) {
    found.push(
      `its unstable features are ${unstable.join(", ")}, deno.json says ${wanted.unstable.join(", ")}`,
    );
  }
  if (files.length !== 1 || !/^\.deno_compile_bundle_\w+\.mjs$/.test(files[0]!)) {
    found.push(`it holds ${files.join(", ") || "no file"}, wanted the bundle alone`);
  }
  if (addedBytes <= 0 || addedBytes > ADDED_BYTES_MAX) {
    found.push(`it is ${addedBytes} bytes larger than the runtime, wanted 1 to ${ADDED_BYTES_MAX}`);
  }
  return found;
}

/**
 * The table in the words of the embedded metadata. `import` is not in it: Deno puts its own list of hosts there
 * whatever one asks, and nothing here imports from a host.
 */
export function wantedPermissions(): Record<string, readonly string[] | boolean | null> {
  const none = Object.fromEntries(
    ["read", "write", "net", "env", "run", "sys", "ffi"].flatMap((
      name,
    ) => [[`allow_${name}`, null], [`deny_${name}`, null]]),
  );
  const granted = PERMISSIONS.map(({ name, values }: Permission) => [`allow_${name}`, values ?? []]);
  return { ...none, ...Object.fromEntries(granted), deny_net: DENIED_NET, prompt: false };
}

/** Lists are sets here: Deno keeps no order of names. */
function same(left: unknown, right: unknown): boolean {
  const settled = (value: unknown) => JSON.stringify(Array.isArray(value) ? value.toSorted() : value);
  return settled(left) === settled(right);
}
