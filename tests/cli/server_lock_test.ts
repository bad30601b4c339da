import { equal, match, rejects } from "node:assert/strict";
import { lockServer } from "../../src/cli/server_lock.ts";
import type { UserError } from "../../src/domain/error.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { PathError } from "../../src/host/inspection.ts";
import { test } from "../sanitized.ts";

async function inFolder(work: (lock: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(`${folder}/autopilot/lock`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("a state folder is served by one process, whom others are told of", async () => {
  await inFolder(async (path) => {
    const host = denoHost([]);
    {
      await using lock = await lockServer(host, path);
      await rejects(lockServer(host, path), /runs already$/);
      await lock.sign("0123456789abcdef");
      equal(await Deno.readTextFile(path), `${Deno.pid} 0123456789abcdef\n`);
      await rejects(lockServer(host, path), (error: UserError) => {
        match(error.message, new RegExp(`runs already, as process ${Deno.pid}$`));
        return error.hint === `to end it: kill ${Deno.pid}` && error.exitCode === 2;
      });
    }
    await using _again = await lockServer(host, path);
  });
});

test("what a file says that nobody has locked is not believed", async () => {
  await inFolder(async (path) => {
    await Deno.mkdir(path.replace(/\/lock$/, ""), { recursive: true });
    await Deno.writeTextFile(path, "1 0123456789abcdef\n");
    await using _lock = await lockServer(denoHost([]), path);
  });
});

test("a lock that cannot be made is no other server", async () => {
  await inFolder(async (path) => {
    await Deno.writeTextFile(path.replace(/\/lock$/, ""), "a file where the folder should be");
    await rejects(lockServer(denoHost([]), path), (error: Error) => {
      match(error.message, /^Cannot use \S+\/autopilot\/lock: (?!another)/);
      return error instanceof PathError;
    });
  });
});
