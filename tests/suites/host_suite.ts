import assert from "node:assert/strict";
import type { Host } from "../../src/host/host.ts";
import { CommandNotFound, PathError } from "../../src/host/inspection.ts";
import { test } from "../sanitized.ts";

/** A host whose `folder` is empty but for `folder/hello` ("hello\n", 0600), `folder/link` to it and `folder/dangling`. */
export interface HostUnderTest extends AsyncDisposable {
  readonly host: Host;
  readonly folder: string;
}

/** What every `Host` must do; the real one and the fake one both pass. Commands: `sh -c …` of the cases below. */
export function hostSuite(name: string, make: () => Promise<HostUnderTest>): void {
  const on = (title: string, fn: (under: HostUnderTest) => Promise<void>) =>
    test(`${name} ${title}`, async () => {
      await using under = await make();
      await fn(under);
    });

  on("reads a file, and answers undefined for one that is not there", async ({ host, folder }) => {
    assert.equal(await host.readText(`${folder}/hello`), "hello\n");
    assert.equal(await host.readText(`${folder}/nothing`), undefined);
    assert.equal(await host.readText(`${folder}/dangling`), undefined);
  });

  on("refuses to read a folder as a file", async ({ host, folder }) => {
    await assert.rejects(
      host.readText(folder),
      (error) => error instanceof PathError && /folder/.test(error.reason),
    );
  });

  on("tells a link from its target", async ({ host, folder }) => {
    assert.equal((await host.linkStatus(`${folder}/link`))?.kind, "link");
    assert.equal((await host.status(`${folder}/link`))?.kind, "file");
    assert.equal((await host.linkStatus(`${folder}/dangling`))?.kind, "link");
    assert.equal(await host.status(`${folder}/dangling`), undefined);
    assert.equal(await host.realPath(`${folder}/dangling`), undefined);
    assert.equal(await host.realPath(`${folder}/link`), await host.realPath(`${folder}/hello`));
  });

  on("says what a link says, followed or not", async ({ host, folder }) => {
    assert.match(await host.linkTarget(`${folder}/link`) ?? "", /hello$/);
    assert.match(await host.linkTarget(`${folder}/dangling`) ?? "", /gone$/);
    assert.equal(await host.linkTarget(`${folder}/nothing`), undefined);
    await assert.rejects(host.linkTarget(`${folder}/hello`), PathError);
  });

  on("reports mode, owner, size and kind", async ({ host, folder }) => {
    const status = await host.status(`${folder}/hello`);
    assert.equal(status?.mode, 0o600);
    assert.equal(status?.uid, host.uid);
    assert.equal(status?.size, 6);
    assert.equal((await host.status(folder))?.kind, "directory");
    assert.equal(await host.status(`${folder}/hello/below`), undefined);
  });

  on("replaces a file, makes one that is not there, and keeps a link a link", async ({ host, folder }) => {
    await host.replaceFile(`${folder}/link`, "new\n");
    assert.equal(await host.readText(`${folder}/hello`), "new\n");
    assert.equal((await host.linkStatus(`${folder}/link`))?.kind, "link");
    await host.replaceFile(`${folder}/made/here`, "x");
    assert.equal(await host.readText(`${folder}/made/here`), "x");
    assert.equal((await host.status(`${folder}/made/here`))?.mode, 0o600);
  });

  on("rejects replacing a folder", async ({ host, folder }) => {
    await assert.rejects(host.replaceFile(folder, "x"), PathError);
  });

  on("makes a file only where nothing is", async ({ host, folder }) => {
    assert.equal(await host.createFile(`${folder}/made/here`, "x"), true);
    assert.equal(await host.readText(`${folder}/made/here`), "x");
    assert.equal(await host.createFile(`${folder}/hello`, "x"), false);
    assert.equal(await host.createFile(`${folder}/dangling`, "x"), false);
    assert.equal(await host.readText(`${folder}/hello`), "hello\n");
  });

  on("rewrites a file with the mode it had, and none that is not there", async ({ host, folder }) => {
    await host.createFile(`${folder}/usual`, "x");
    const { mode } = (await host.status(`${folder}/usual`))!;
    await host.rewriteFile(`${folder}/usual`, "y");
    assert.equal(await host.readText(`${folder}/usual`), "y");
    assert.equal((await host.status(`${folder}/usual`))?.mode, mode);
    await assert.rejects(host.rewriteFile(`${folder}/nothing`, "y"), PathError);
  });

  on("reads a file in chunks, and rejects one that is not there", async ({ host, folder }) => {
    const chunks = await Array.fromAsync(host.readChunks(`${folder}/hello`));
    assert.equal(new TextDecoder().decode(chunks[0]), "hello\n");
    await assert.rejects(Array.fromAsync(host.readChunks(`${folder}/nothing`)), PathError);
    await assert.rejects(Array.fromAsync(host.readChunks(folder)), PathError);
  });

  on("lists a folder by name, links as links, and no more than it is asked for", async ({ host, folder }) => {
    await host.createFile(`${folder}/below/x`, "x");
    assert.deepEqual(await host.entries(folder, 10), [
      { name: "below", kind: "directory" },
      { name: "dangling", kind: "link" },
      { name: "hello", kind: "file" },
      { name: "link", kind: "link" },
    ]);
    assert.equal((await host.entries(folder, 2)).length, 2);
    await assert.rejects(host.entries(`${folder}/nothing`, 10), PathError);
  });

  on("writes a file piece by piece, over what was there", async ({ host, folder }) => {
    await using file = await host.openOutput(`${folder}/hello`);
    await file.write("a");
    await file.write("b");
    assert.equal(await host.readText(`${folder}/hello`), "ab");
  });

  on("renames a folder, and a link rather than its target", async ({ host, folder }) => {
    await host.createFile(`${folder}/from/x`, "x");
    await host.makeFolder(`${folder}/to`);
    assert.equal(await host.rename(`${folder}/from`, `${folder}/to/there`), true);
    assert.equal(await host.readText(`${folder}/to/there/x`), "x");
    await host.rename(`${folder}/link`, `${folder}/to/link`);
    assert.equal((await host.linkStatus(`${folder}/to/link`))?.kind, "link");
    assert.equal(await host.readText(`${folder}/hello`), "hello\n");
    await assert.rejects(host.rename(`${folder}/nothing`, `${folder}/to/x`), PathError);
  });

  on(
    "removes a folder with all that is in it, and a link rather than its target",
    async ({ host, folder }) => {
      await host.createFile(`${folder}/from/x`, "x");
      await host.remove(`${folder}/from`);
      await host.remove(`${folder}/link`);
      await host.remove(`${folder}/nothing`);
      assert.equal(await host.status(`${folder}/from/x`), undefined);
      assert.equal(await host.linkStatus(`${folder}/link`), undefined);
      assert.equal(await host.readText(`${folder}/hello`), "hello\n");
    },
  );

  on("removes a folder that nothing is in, and no other", async ({ host, folder }) => {
    await host.createFile(`${folder}/full/x`, "x");
    for (const name of ["full", "nothing", "hello", "link"]) {
      assert.equal(await host.removeEmpty(`${folder}/${name}`), false);
    }
    assert.equal(await host.readText(`${folder}/full/x`), "x");
    assert.equal(await host.readText(`${folder}/hello`), "hello\n");
    assert.notEqual(await host.linkStatus(`${folder}/link`), undefined);
  });

  on("lets one holder have a lock at a time", async ({ host, folder }) => {
    const order: string[] = [];
    const never = new AbortController().signal;
    const first = await host.lock(`${folder}/lock`, never);
    const second = host.lock(`${folder}/lock`, never).then((lock) => {
      order.push("second");
      return lock;
    });
    order.push("release");
    await first[Symbol.asyncDispose]();
    await (await second)[Symbol.asyncDispose]();
    assert.deepEqual(order, ["release", "second"]);
  });

  on("appends behind what is there, and makes a private file where nothing is", async ({ host, folder }) => {
    await host.append(`${folder}/hello`, "more\n");
    assert.equal(await host.readText(`${folder}/hello`), "hello\nmore\n");
    await host.append(`${folder}/made/log`, "one\n");
    await host.append(`${folder}/made/log`, "two\n");
    assert.equal(await host.readText(`${folder}/made/log`), "one\ntwo\n");
    assert.equal((await host.status(`${folder}/made/log`))?.mode, 0o600);
    await assert.rejects(host.append(folder, "x"), PathError);
  });

  on("gives a file a mode and an owner", async ({ host, folder }) => {
    const { uid, gid } = (await host.status(`${folder}/hello`))!;
    await host.give(`${folder}/hello`, 0o640, { uid: uid!, gid: gid! });
    assert.equal((await host.status(`${folder}/hello`))?.mode, 0o640);
    await assert.rejects(host.give(`${folder}/nothing`, 0o600), PathError);
  });

  on("has the loopback address among its own", ({ host }) => {
    assert.ok(host.ownAddresses().includes("127.0.0.1"));
    return Promise.resolve();
  });

  on("shows others who has a lock, and only the last that was said", async ({ host, folder }) => {
    await using held = await host.lock(`${folder}/lock`, new AbortController().signal);
    await held.sign("a longer text than the next one");
    await held.sign("0123456789abcdef");
    assert.match(await host.readText(`${folder}/lock`) ?? "", /^\d+ 0123456789abcdef\n$/);
    await assert.rejects(host.lock(`${folder}/lock`, AbortSignal.abort()), PathError);
  });

  on("gives up on a lock when its signal aborts", async ({ host, folder }) => {
    await using _held = await host.lock(`${folder}/lock`, new AbortController().signal);
    await assert.rejects(host.lock(`${folder}/lock`, AbortSignal.abort()), PathError);
  });

  on("runs a command and reports its exit code and both streams", async ({ host }) => {
    const { code, stdout, stderr } = await host.run(["sh", "-c", "echo out; echo err >&2; exit 3"]);
    assert.deepEqual([code, stdout, stderr], [3, "out\n", "err\n"]);
  });

  on("hands on what a command prints, and its exit code", async ({ host, folder }) => {
    const decoder = new TextDecoder();
    let printed = "";
    const output = (chunk: Uint8Array) => void (printed += decoder.decode(chunk, { stream: true }));
    const options = { cwd: folder, env: {}, output, lingerMs: 5_000 };
    const end = await host.stream(["sh", "-c", "echo out; echo err >&2; exit 3"], options);
    assert.deepEqual(end, { code: 3, left: false });
    assert.deepEqual(printed.trim().split("\n").sort(), ["err", "out"]);
    const apart = { out: "", err: "" };
    await host.stream(["sh", "-c", "echo out; echo err >&2; exit 3"], {
      ...options,
      output: (chunk) => void (apart.out += decoder.decode(chunk)),
      errors: (chunk) => void (apart.err += decoder.decode(chunk)),
    });
    assert.deepEqual(apart, { out: "out\n", err: "err\n" });
    await assert.rejects(host.stream(["no-such-program-here"], options), CommandNotFound);
  });

  on("gives up on a command that it listens to when its signal aborts", async ({ host, folder }) => {
    const stop = new AbortController();
    const options = { cwd: folder, env: {}, output: () => {}, lingerMs: 5_000 };
    const running = host.stream(["sh", "-c", "sleep 1000"], options, stop.signal);
    stop.abort(new Error("too late"));
    await assert.rejects(running, { message: "too late" });
  });

  on("says when a program is not installed", async ({ host }) => {
    await assert.rejects(host.run(["no-such-program-here"]), CommandNotFound);
  });

  on("gives up on a command that hangs when its signal aborts", async ({ host }) => {
    const stop = new AbortController();
    const running = host.run(["sh", "-c", "sleep 1000"], stop.signal);
    stop.abort(new Error("too late"));
    await assert.rejects(running, { message: "too late" });
  });

  on("knows free addresses from bad ones", async ({ host }) => {
    assert.deepEqual(await host.canListen("127.0.0.1", 40_961), { free: true });
  });

  on("has nobody answering where nobody listens", async ({ host }) => {
    assert.equal(await host.getJson("http://127.0.0.1:9/v1/health", AbortSignal.timeout(5_000)), undefined);
  });
}
