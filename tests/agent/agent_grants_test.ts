import { deepEqual } from "node:assert/strict";
import { AGENT_GRANTS } from "../../src/agent/agent_grants.ts";
import { workersOf } from "../../src/host/deno_worker.ts";
import { test } from "../sanitized.ts";

/** Ways out of ring 1, each with what it would need. */
const TRIES: Readonly<Record<string, string>> = {
  "another variable": `Deno.env.get("HOME")`,
  "a provider's key": `Deno.env.get("ANTHROPIC_API_KEY")`,
  "all variables": `Deno.env.toObject()`,
  "setting a variable": `Deno.env.set("OTHER", "1")`,
  "a file": `Deno.readTextFileSync("/etc/hostname")`,
  "its own program": `Deno.readTextFileSync(${JSON.stringify(import.meta.filename)})`,
  "writing a file": `Deno.writeTextFileSync("/tmp/out", "")`,
  "node's files": `(await import("node:fs")).readFileSync("/etc/hostname")`,
  "a database": `new (await import("node:sqlite")).DatabaseSync("/tmp/out.db")`,
  "a process": `new Deno.Command("true").outputSync()`,
  "node's processes": `(await import("node:child_process")).execSync("true")`,
  // To its own process it may send one, as it may exhaust that process's memory: docs/decisions/2026-11-23-agent-loop.md
  "a signal to another process": `Deno.kill(1, "SIGCONT")`,
  "an address": `await Deno.connect({ hostname: "127.0.0.1", port: 9 })`,
  "cloud metadata": `await fetch("http://169.254.169.254/")`,
  "a provider": `await fetch("https://api.anthropic.com/v1/messages")`,
  "a unix socket": `await Deno.connect({ transport: "unix", path: "/var/run/docker.sock" })`,
  "listening": `Deno.listen({ hostname: "127.0.0.1", port: 0 })`,
  "a name": `await Deno.resolveDns("example.com", "A")`,
  "code from elsewhere": `await import(["https://example.com/x.js"][0])`,
  "code from a file": `await import(["file:///etc/hostname.js"][0])`,
  "a library of the system": `Deno.dlopen("libc.so.6", {})`,
  "the host's name": `Deno.hostname()`,
  "a worker with more":
    `new Worker("data:text/javascript,", { type: "module", deno: { permissions: { read: true } } })`,
  "asking for more":
    `(await Deno.permissions.request({ name: "read" })).state === "granted" || (() => { throw new Deno.errors.NotCapable("denied") })()`,
};

test("a worker with the agent's rights reads the two variables that SDKs ask for", async () => {
  const read = `[Deno.env.get("ANTHROPIC_BASE_URL"), Deno.env.get("OPENAI_BASE_URL")].length`;
  deepEqual(await outcomes({ read }), { read: "done" });
});

test("a worker with the agent's rights reaches no variable, file, process, address or code", async () => {
  const refused = Object.fromEntries(Object.keys(TRIES).map((name) => [name, "NotCapable"]));
  deepEqual(await outcomes(TRIES), refused);
});

/** How each of them ends in a worker of its own. */
function outcomes(tries: Readonly<Record<string, string>>): Promise<unknown> {
  const source = Object.entries(tries).map(([name, code]) =>
    `outcomes[${JSON.stringify(name)}] = await (async () => { ${code} })().then(() => "done", (error) =>
      error.name === "NotCapable" || error.code === "ERR_ACCESS_DENIED" || /NotCapable|Requires \\w+ access/.test(error.message) ? "NotCapable" : String(error));`
  );
  const program = `const outcomes = {}; ${source.join("\n")} self.postMessage(outcomes);`;
  return new Promise((resolve, reject) => {
    const worker = workersOf(`data:text/javascript,${encodeURIComponent(program)}`)("agent", AGENT_GRANTS, {
      said(message) {
        worker.end();
        resolve(message);
      },
      failed: (reason) => reject(new Error(reason)),
    });
  });
}
