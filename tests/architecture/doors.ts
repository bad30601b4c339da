import type { Tree } from "./tree.ts";

/** A place that may import something: a room (`src/config/`) or a file. */
type Door = readonly string[];

/** One door for each library. Source: DESIGN §5; a new one wants a file in `docs/decisions/`. */
const LIBRARIES: Readonly<Record<string, Door>> = {
  "@bomb.sh/tab": ["src/cli/completion.ts"],
  "@commander-js/extra-typings": ["src/cli/"],
  "@logtape/logtape": ["src/host/debug_host.ts"],
  "@modelcontextprotocol/sdk": ["src/mcp/sdk.ts", "src/mcp/sdk_client.ts"],
  "@ai-sdk/anthropic": ["src/agent/"],
  "@ai-sdk/google": ["src/agent/"],
  "@ai-sdk/openai": ["src/agent/"],
  "@ai-sdk/openai-compatible": ["src/agent/"],
  "@ai-sdk/provider": ["src/agent/"],
  "@hono/node-server": ["src/server/"],
  "@hono/zod-openapi": ["src/server/"],
  croner: ["src/config/cron.ts"],
  "fastest-levenshtein": ["src/domain/nearest.ts"],
  hono: ["src/server/"],
  re2js: ["src/mcp/linear_pattern.ts"],
  "smol-toml": ["src/config/"],
  "toml-eslint-parser": ["src/config/"],
  zod: ["src/agent/", "src/config/", "src/mcp/", "src/server/"],
};

/** One door for each built-in module: what is behind `node:` is the machine, too. */
const SYSTEM_MODULES: Readonly<Record<string, Door>> = {
  // A parser of certificates, and a hash that does not wait; keys and signatures are WebCrypto's.
  "node:crypto": ["src/mcp/identity.ts", "src/server/canonical_hash.ts"],
  "node:dns": ["src/mcp/web_connection.ts"],
  // In mcp/ types alone: what `node:https` gives. In server/: `Deno.serve` keeps half-open requests for ever.
  "node:http": ["src/host/deno_fetch.ts", "src/mcp/", "src/server/connections.ts", "src/server/listener.ts"],
  "node:https": ["src/mcp/fetch_page.ts", "src/mcp/https_server.ts", "src/mcp/tls_fetch.ts"],
  "node:net": ["src/mcp/http_proxy.ts", "src/mcp/web_connection.ts"],
  "node:process": ["src/mcp/serve_stdio.ts"],
  "node:sqlite": ["src/server/database.ts"],
  "node:tls": ["src/mcp/https_server.ts", "src/mcp/web_connection.ts"],
};

interface Doors {
  readonly libraries: Readonly<Record<string, Door>>;
  readonly systemModules: Readonly<Record<string, Door>>;
}

const DOORS: Doors = { libraries: LIBRARIES, systemModules: SYSTEM_MODULES };

/** Every package and every `node:` module is imported behind its door. */
export function doors({ sources }: Tree, { libraries, systemModules }: Doors = DOORS): string[] {
  return sources.flatMap(({ path, imports }) =>
    imports.flatMap(({ specifier, line }) => {
      if (/^\.\.?\//.test(specifier)) return [];
      const name = packageOf(specifier);
      const known = name.startsWith("node:") ? systemModules : libraries;
      const door = known[name];
      const at = `${path}:${line}: imports ${specifier}`;
      if (!door) {
        return [`${at}, which has no door; add it to tests/architecture/doors.ts and to docs/decisions/`];
      }
      if (door.some((place) => path === place || place.endsWith("/") && path.startsWith(place))) return [];
      return [`${at}, whose door is ${door.join(" or ")}; call what is there`];
    })
  );
}

/** `npm:@a/b@1/c`, `@a/b/c` → `@a/b` */
function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  const [, name] = /^(?:npm:\/?|jsr:\/?)?((?:@[^/]+\/)?[^/@]+)/.exec(specifier) ?? [];
  return name ?? specifier;
}
