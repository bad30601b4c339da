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

  on("gives up on a lock when its signal aborts", async ({ host, folder }) => {
    await using _held = await host.lock(`${folder}/lock`, new AbortController().signal);
    await assert.rejects(host.lock(`${folder}/lock`, AbortSignal.abort()), PathError);
  });

  on("runs a command and reports its exit code and both streams", async ({ host }) => {
    const { code, stdout, stderr } = await host.run(["sh", "-c", "echo out; echo err >&2; exit 3"]);
    assert.deepEqual([code, stdout, stderr], [3, "out\n", "err\n"]);
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
