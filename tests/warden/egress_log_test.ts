import { deepEqual, equal, match } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import { PathError } from "../../src/host/inspection.ts";
import type { EgressDecision } from "../../src/warden/egress.ts";
import { clearEgressLog, egressLog, egressLogPath, readEgressLog } from "../../src/warden/egress_log.ts";
import { test } from "../sanitized.ts";

const host = denoHost(["stakpak"]);
const redact = (text: string) => text.replaceAll("s3cret", "[REDACTED]");

function decision(port: number, more: Partial<EgressDecision> = {}): EgressDecision {
  const time = "2026-11-22T12:00:00.000Z";
  return {
    time,
    session: "s1",
    host: "a.example",
    port,
    verdict: "allowed",
    bytesOut: 1,
    bytesIn: 2,
    ...more,
  };
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  await work(folder);
  await Deno.remove(folder, { recursive: true });
}

async function noted(
  folder: string,
  decisions: readonly EgressDecision[],
  options: { host?: Host; log?: string[] } = {},
) {
  const log = (line: string) => void options.log?.push(line);
  await using to = egressLog({ host: options.host ?? host, folder, redact, log, maxFileBytes: 1_000 });
  for (const one of decisions) to.note(one);
}

test("what is noted is read back, the last ones, oldest first, and only what is wanted", () =>
  inFolder(async (folder) => {
    const denied = decision(4, { verdict: "denied", reason: "not listed" });
    await noted(folder, [decision(1), decision(2), denied, decision(3)]);
    deepEqual((await readEgressLog(host, folder, 2)).map(({ port }) => port), [4, 3]);
    deepEqual(await readEgressLog(host, folder, 9, ({ verdict }) => verdict === "denied"), [denied]);
    equal((await Deno.stat(egressLogPath(folder))).mode! & 0o777, 0o600);
  }));

test("a secret in a host's name is not written down", () =>
  inFolder(async (folder) => {
    await noted(folder, [decision(1, { host: "s3cret.evil.example", reason: "s3cret.evil.example is odd" })]);
    const text = await Deno.readTextFile(egressLogPath(folder));
    match(text, /"host":"\[REDACTED\]\.evil\.example"/);
    equal(text.includes("s3cret"), false);
  }));

test("several who write at once lose nothing, and no line is mixed with another", () =>
  inFolder(async (folder) => {
    const many = Array.from(
      { length: 4 },
      (_, who) => Array.from({ length: 25 }, (_, n) => decision(who * 100 + n)),
    );
    await Promise.all(many.map(async (decisions) => {
      for (const one of decisions) {
        await using to = egressLog({ host, folder, redact, log: () => {} });
        to.note(one);
      }
    }));
    const ports = (await readEgressLog(host, folder, 1_000)).map(({ port }) => port);
    deepEqual(ports.toSorted((a, b) => a - b), many.flat().map(({ port }) => port));
  }));

test("a full file is kept under another name, the oldest goes, and reading goes back through them", () =>
  inFolder(async (folder) => {
    for (let port = 1; port <= 60; port++) await noted(folder, [decision(port)]);
    const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
    const files = ["egress.jsonl", "egress.jsonl.1", "egress.jsonl.2", "egress.jsonl.3", "egress.jsonl.lock"];
    deepEqual(names, files);
    const ports = (await readEgressLog(host, folder, 20)).map(({ port }) => port);
    deepEqual(ports, Array.from({ length: 20 }, (_, index) => 41 + index));
    await clearEgressLog(host, folder);
    deepEqual(await readEgressLog(host, folder, 20), []);
  }));

test("what is no decision is left out: a line cut short, one of another program", () =>
  inFolder(async (folder) => {
    await noted(folder, [decision(1)]);
    await host.append(egressLogPath(folder), '{"time":"2026\n{"lost":3}\nnull\n[1]\n{"port":"x"}\n');
    await noted(folder, [decision(2)]);
    deepEqual((await readEgressLog(host, folder, 9)).map(({ port }) => port), [1, 2]);
  }));

test("a disk that is full is said once, and stops nothing", () =>
  inFolder(async (folder) => {
    const log: string[] = [];
    const full: Host = { ...host, append: (path) => Promise.reject(new PathError(path, "no space left")) };
    await using to = egressLog({ host: full, folder, redact, log: (line) => void log.push(line) });
    to.note(decision(1));
    await new Promise((resolve) => setTimeout(resolve, 5));
    to.note(decision(2));
    await to[Symbol.asyncDispose]();
    equal(log.length, 1);
    match(log[0]!, /^what boxes connect to cannot be logged: .*no space left$/);
  }));
