import { deepEqual, equal, rejects } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import { lockOf, openInstance } from "../../src/sandbox/instance.ts";
import { reap } from "../../src/sandbox/reap.ts";
import { test } from "../sanitized.ts";

const NEVER = new AbortController().signal;

interface Stage extends AsyncDisposable {
  readonly host: Host;
  readonly run: string;
  readonly removed: string[];
  /** By name: whose they are. */
  readonly containers: Map<string, string>;
  folders(): Promise<string[]>;
}

async function stage(): Promise<Stage> {
  const run = await Deno.realPath(await Deno.makeTempDir());
  const removed: string[] = [];
  const containers = new Map<string, string>();
  const real = denoHost(["/nowhere"]);
  const answer = (stdout: string) => Promise.resolve({ code: 0, stdout, stderr: "" });
  const host: Host = {
    ...real,
    run(argv) {
      if (argv[1] === "ps") {
        return answer([...containers].map((line) => `${line.join("\t")}\ts\ti\tUp\n`).join(""));
      }
      removed.push(argv.at(-1)!);
      containers.delete(argv.at(-1)!);
      return answer("");
    },
  };
  return {
    host,
    run,
    removed,
    containers,
    folders: async () => (await real.entries(run, 10)).map(({ name }) => name),
    [Symbol.asyncDispose]: () => Deno.remove(run, { recursive: true }),
  };
}

test("reap() removes the containers and folders of the dead, and leaves the living alone", async () => {
  await using under = await stage();
  const { host, run, containers, removed } = under;
  await using live = await openInstance(host, run, NEVER);
  await host.createFile(lockOf(`${run}/0000dead`), "");
  await host.createFile(`${run}/0000dead/box/in/mcp.sock`, "");
  containers.set("mine", live.id).set("dead", "0000dead").set("without a folder", "0000gone");
  deepEqual(await reap(host, run, NEVER), { containers: ["without a folder", "dead"], folders: 1 });
  deepEqual([...containers.keys()], ["mine"]);
  deepEqual(await under.folders(), [live.id, "lock"].sort());
  deepEqual(removed, ["without a folder", "dead"]);
});

test("reap() waits for a container that its supervisor's docker was just making", async () => {
  await using under = await stage();
  const { host, run, containers } = under;
  await host.createFile(lockOf(`${run}/0000dead`), "");
  await host.createFile(`${run}/0000dead/box/in/x`, "");
  let looks = 0;
  const late: Host = {
    ...host,
    run(argv) {
      if (argv[1] === "ps" && ++looks === 3) containers.set("late", "0000dead");
      return host.run(argv);
    },
  };
  deepEqual(await reap(late, run, NEVER), { containers: ["late"], folders: 1 });
  equal(containers.size, 0);
});

test("reap() of a place where nothing ever was removes nothing, and says when docker does not answer", async () => {
  await using under = await stage();
  deepEqual(await reap(under.host, `${under.run}/new`, NEVER), { containers: [], folders: 0 });
  const down: Host = {
    ...under.host,
    run: () => Promise.resolve({ code: 1, stdout: "", stderr: "Cannot connect to the Docker daemon\n" }),
  };
  await rejects(reap(down, under.run, NEVER), /Cannot connect to the Docker daemon/);
});
