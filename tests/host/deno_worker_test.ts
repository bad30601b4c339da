import { deepEqual, match } from "node:assert/strict";
import { workersOf } from "../../src/host/deno_worker.ts";
import type { WorkerGrants } from "../../src/host/worker.ts";
import { test } from "../sanitized.ts";

/** What a module says first, with those rights, as a worker of its own. */
function saidBy(source: string, grants: WorkerGrants): Promise<unknown> {
  const start = workersOf(`data:text/javascript,${encodeURIComponent(source)}`);
  return new Promise((resolve, reject) => {
    const worker = start("egress", grants, {
      said(message) {
        worker.end();
        resolve(message);
      },
      failed: (reason) => reject(new Error(reason)),
    });
  });
}

const NAME = "error => error.name";

test("a worker may do what it was granted, and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  const source = `
    const tries = [
      () => Deno.connect({ hostname: "203.0.113.7", port: 443 }),
      () => Deno.connect({ hostname: "evil.example", port: 443 }),
      () => Deno.readTextFile("/etc/hostname"),
      () => Deno.writeTextFile("${folder}/other", ""),
      () => Deno.readTextFile("${folder}/mine"),
      async () => Deno.env.get("HOME"),
      async () => new Deno.Command("true").spawn(),
      async () => Deno.hostname(),
      () => fetch("https://evil.example/"),
      async () => new Worker("data:text/javascript,", { type: "module", deno: { permissions: { net: true } } }),
      async () => Deno.listen({ transport: "unix", path: "${folder}/mine" }).close(),
    ];
    const answers = [];
    for (const attempt of tries) answers.push(await attempt().then(() => "done", ${NAME}));
    self.postMessage(answers);
  `;
  const grants = { net: ["github.com:443", `unix:${folder}/mine`], files: [`${folder}/mine`] };
  const answers = await saidBy(source, grants) as string[];
  const refused = Array.from({ length: 10 }, (_, index) => index === 4 ? "NotFound" : "NotCapable");
  deepEqual(answers, [...refused, "done"]);
  await Deno.remove(folder, { recursive: true });
});

test("a worker that throws is gone, and its starter lives", async () => {
  const start = workersOf("data:text/javascript,throw new Error('broken on purpose')");
  const reason = await new Promise<string>((resolve) =>
    start("egress", { net: [], files: [] }, { said: () => {}, failed: resolve })
  );
  match(reason, /broken on purpose/);
});

test("what a worker is told reaches it, and after its end nothing does", async () => {
  const source = "self.onmessage = ({ data }) => self.postMessage(data + 1); self.postMessage(0);";
  const start = workersOf(`data:text/javascript,${encodeURIComponent(source)}`);
  const said: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    const worker = start("egress", { net: [], files: [] }, {
      said(message) {
        said.push(message);
        if (said.length === 1) return worker.tell(41);
        worker.end();
        worker.end();
        worker.tell(1);
        resolve();
      },
      failed: (reason) => reject(new Error(reason)),
    });
  });
  deepEqual(said, [0, 42]);
});
