/**
 * Reads what `deno compile` put into a binary.
 *
 * Behind the runtime it writes a magic word twice, then blocks of a 64-bit little-endian length and as many bytes:
 * the metadata (JSON), the snapshot of npm packages, then the modules that came from the network (12 zero bytes:
 * none), then the tree of embedded files (JSON). Found by looking; Deno 2.9.6.
 *
 * @module
 */
import { Buffer } from "node:buffer";

const MAGIC = "d3n0l4ndd3n0l4nd";
const NO_REMOTE_MODULES = 12;

export interface Embedded {
  /** What the binary may do: `allow_net: []` is all of it, `null` none. */
  readonly permissions: Readonly<Record<string, readonly string[] | boolean | null>>;
  /** The version that `deno.json` says. */
  readonly version: string;
  /** The unstable features that are on. */
  readonly unstable: readonly string[];
  /** The paths of the embedded files. */
  readonly files: readonly string[];
}

type Entry = { readonly File: { readonly n: string } } | {
  readonly Dir: { readonly name: string; readonly entries: readonly Entry[] };
};

/** Throws when `binary` has none of it, or has it in another form. */
export function readEmbedded(binary: Uint8Array): Embedded {
  const bytes = Buffer.from(binary.buffer, binary.byteOffset, binary.byteLength);
  const magic = bytes.lastIndexOf(MAGIC);
  if (magic < 0) throw new Error(`Cannot find what is embedded: no "${MAGIC}" in the binary`);
  const metadata = block(bytes, magic + MAGIC.length);
  const packages = block(bytes, metadata.end);
  const remote = bytes.subarray(packages.end, packages.end + NO_REMOTE_MODULES);
  if (packages.text !== "" || remote.some((byte) => byte !== 0)) {
    throw new Error(
      "Cannot list what is embedded: npm packages or remote modules are in it, wanted the bundle alone",
    );
  }
  const tree = JSON.parse(block(bytes, packages.end + NO_REMOTE_MODULES).text) as Entry[];
  const { permissions, app_version: version, unstable_config: unstable } = JSON.parse(metadata.text);
  return { permissions, version, unstable: unstable.features, files: tree.flatMap((entry) => paths(entry)) };
}

function block(bytes: Buffer, start: number): { readonly text: string; readonly end: number } {
  const end = start + 8 + Number(bytes.readBigUInt64LE(start));
  return { text: bytes.toString("utf8", start + 8, end), end };
}

function paths(entry: Entry): string[] {
  if ("File" in entry) return [entry.File.n];
  return entry.Dir.entries.flatMap(paths).map((path) => `${entry.Dir.name}/${path}`);
}
