import assert from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { test } from "../sanitized.ts";
import { hostSuite } from "../suites/host_suite.ts";

const PROGRAM = ["/usr/bin/stakpak"];

async function inFolder() {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/hello`, "hello\n", { mode: 0o600 });
  await Deno.symlink(`${folder}/hello`, `${folder}/link`);
  await Deno.symlink(`${folder}/gone`, `${folder}/dangling`);
  return {
    host: denoHost(PROGRAM),
    folder,
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

hostSuite("denoHost()", inFolder);

test("denoHost() ends everything a hung command started, also what ignores TERM", async () => {
  await using under = await inFolder();
  const mark = `${under.folder}/pid`;
  const stop = new AbortController();
  const script =
    `trap '' TERM; (trap '' TERM; echo $$ > ${mark}.tmp; mv ${mark}.tmp ${mark}; exec sleep 1000) & wait`;
  const running = under.host.run(["sh", "-c", script], stop.signal);
  while (await under.host.readText(mark) === undefined) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const group = Number(await Deno.readTextFile(mark));
  stop.abort(new Error("late"));
  await assert.rejects(running, { message: "late" });
  assert.equal(await groupEnds(group), true, "a process of the group is left");
});

async function groupEnds(group: number): Promise<boolean> {
  for (let tries = 0; tries < 400; tries++) {
    const { success } = await new Deno.Command("kill", { args: ["-0", "--", `-${group}`], stderr: "null" })
      .output();
    if (!success) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}

test("denoHost() keeps at most 64 KiB of a command's output and still lets it end", async () => {
  const { code, stdout } = await denoHost(PROGRAM).run([
    "sh",
    "-c",
    "head -c 1000000 /dev/zero | tr '\\0' x",
  ]);
  assert.equal(code, 0);
  assert.equal(stdout.length, 64 * 1024);
});

test("denoHost() starts commands with a clean environment, in English", async () => {
  Deno.env.set("STAKPAK_API_KEY", "must-not-be-inherited");
  try {
    const { stdout } = await denoHost(PROGRAM).run(["env"]);
    assert.doesNotMatch(stdout, /must-not-be-inherited/);
    assert.match(stdout, /^LC_ALL=C$/m);
    assert.match(stdout, /^PATH=/m);
  } finally {
    Deno.env.delete("STAKPAK_API_KEY");
  }
});

test("denoHost() tells a taken port from a bad address", async () => {
  const host = denoHost(PROGRAM);
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  assert.deepEqual(await host.canListen("127.0.0.1", listener.addr.port), { free: false, reason: "in_use" });
  assert.deepEqual(await host.canListen("192.0.2.1", 4096), { free: false, reason: "not_local" });
});

test("denoHost() refuses text that is not UTF-8, devices, and files above 8 MiB", async () => {
  await using under = await inFolder();
  await Deno.writeFile(`${under.folder}/bytes`, new Uint8Array([0xff, 0xfe, 0x80]));
  await assert.rejects(under.host.readText(`${under.folder}/bytes`), /not UTF-8/);
  await assert.rejects(under.host.readText("/dev/zero"), /not a regular file/);
  await Deno.truncate(`${under.folder}/hello`, 9 * 1024 * 1024);
  await assert.rejects(under.host.readText(`${under.folder}/hello`), /must be at most/);
});

test("denoHost() leaves no temporary file behind when a replacement fails", async () => {
  await using under = await inFolder();
  await Deno.mkdir(`${under.folder}/taken`);
  await assert.rejects(under.host.replaceFile(`${under.folder}/taken`, "x"));
  const names = (await Array.fromAsync(Deno.readDir(under.folder))).map((entry) => entry.name).sort();
  assert.deepEqual(names, ["dangling", "hello", "link", "taken"]);
});

test("denoHost() keeps an executable file executable when it is rewritten", async () => {
  await using under = await inFolder();
  await Deno.chmod(`${under.folder}/hello`, 0o755);
  await under.host.rewriteFile(`${under.folder}/link`, "new");
  assert.equal((await under.host.status(`${under.folder}/hello`))?.mode, 0o755);
  assert.equal((await under.host.linkStatus(`${under.folder}/link`))?.kind, "link");
});

test("denoHost() does not wait for a named pipe", async () => {
  await using under = await inFolder();
  await under.host.run(["sh", "-c", `mkfifo ${under.folder}/pipe`]);
  await assert.rejects(Array.fromAsync(under.host.readChunks(`${under.folder}/pipe`)), /not a regular file/);
});

test("denoHost() says that a path on another device cannot be renamed to", async () => {
  await using under = await inFolder();
  const other = await Deno.makeTempDir({ dir: "/dev/shm" });
  try {
    assert.equal(await under.host.rename(`${under.folder}/hello`, `${other}/hello`), false);
  } finally {
    await Deno.remove(other, { recursive: true });
  }
});
