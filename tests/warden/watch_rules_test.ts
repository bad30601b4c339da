import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { statePaths } from "../../src/config/paths.ts";
import type { EgressOptions, StartEgress } from "../../src/warden/egress.ts";
import { watchRules } from "../../src/warden/watch_rules.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const FILE = "/home/ada/.stakpak/autopilot.toml";
const OPTIONS: EgressOptions = { socketPath: "/s", rules: ["given:1"], session: "s", decided: () => {} };

/** A watched file, and an egress that remembers its rules. */
async function stage(text: string, extra?: readonly string[]) {
  const host = fakeHost({ files: { [FILE]: text } });
  const rules: (readonly string[])[] = [];
  const lines: string[] = [];
  let told = () => {};
  const start: StartEgress = (options) => {
    rules.push(options.rules);
    return Promise.resolve({
      update(wanted) {
        rules.push(wanted);
        return Promise.resolve();
      },
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  };
  const log = (line: string) => {
    lines.push(line);
    told();
  };
  const watched = await watchRules({
    host,
    paths: statePaths(host),
    start,
    log,
    everyMs: 1,
    ...(extra && { extra }),
  });
  return {
    host,
    rules,
    lines,
    watched,
    /** Writes the file, and resolves when so many lines were logged. */
    async write(text: string, count: number) {
      await host.replaceFile(FILE, text);
      while (lines.length < count) await new Promise<void>((resolve) => told = resolve);
    },
    [Symbol.asyncDispose]: () => watched[Symbol.asyncDispose](),
  };
}

test("an egress starts with the rules of the file and of the command line, and follows the file", async () => {
  await using on = await stage('[sandbox]\negress = ["a.example:1"]\n', ["extra.example:2"]);
  await using _egress = await on.watched.start(OPTIONS);
  await on.write('[sandbox]\negress = ["b.example:1", "extra.example:2"]\n', 1);
  await on.write("", 2);
  deepEqual(on.rules, [
    ["a.example:1", "extra.example:2"],
    ["b.example:1", "extra.example:2"],
    ["extra.example:2"],
  ]);
  equal(on.lines[0], "the egress rules have changed: b.example:1, extra.example:2");
});

test('with warden = "none" nothing gets out, whatever rules there are', async () => {
  await using on = await stage('[sandbox]\negress = ["a.example:1"]\n');
  await using _egress = await on.watched.start(OPTIONS);
  await on.write('[sandbox]\negress = ["a.example:1"]\nwarden = "none"\n', 1);
  deepEqual(on.rules, [["a.example:1"], []]);
  equal(on.lines[0], "the egress rules have changed: none, nothing gets out");
});

test("a file that cannot be used keeps the old rules, and says so once", async () => {
  await using on = await stage('[sandbox]\negress = ["a.example:1"]\n');
  await using _egress = await on.watched.start(OPTIONS);
  await on.write('[sandbox]\negress = ["*:1"]\n', 1);
  match(on.lines[0]!, /^~\/\.stakpak\/autopilot\.toml:2:\d+: .*; the egress rules stay as they were$/);
  await on.write("[sandbox\n", 2);
  await on.write("[sandbox]\negress = []\n", 3);
  equal(on.lines[2], "the egress rules have changed: none, nothing gets out");
  deepEqual(on.rules, [["a.example:1"], []]);
});

test("a file that is broken from the start lets nothing out", async () => {
  await using on = await stage("[sandbox\n");
  await using _egress = await on.watched.start(OPTIONS);
  deepEqual(on.rules, [[]]);
  equal(on.lines.length, 1);
});

test("an egress that has ended is not followed", async () => {
  await using on = await stage("");
  const first = await on.watched.start(OPTIONS);
  await using _second = await on.watched.start(OPTIONS);
  await first[Symbol.asyncDispose]();
  await on.write('[sandbox]\negress = ["a.example:1"]\n', 1);
  deepEqual(on.rules, [[], [], ["a.example:1"]]);
});

test("an egress whose rules changed while it started, and that cannot take them, is closed again", async () => {
  const host = fakeHost({ files: { [FILE]: "" } });
  const [starting, noticed] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let closed = 0;
  const egress = (update: () => Promise<void>) => ({
    update,
    [Symbol.asyncDispose]: () => Promise.resolve(void closed++),
  });
  const start: StartEgress = async ({ session }) => {
    if (session === "first") return egress(() => Promise.resolve(noticed.resolve()));
    await starting.promise;
    return egress(() => Promise.reject(new Error("no worker")));
  };
  const paths = statePaths(host);
  await using watched = await watchRules({ host, paths, start, log: () => {}, everyMs: 1 });
  await using _first = await watched.start({ ...OPTIONS, session: "first" });
  const second = rejects(watched.start({ ...OPTIONS, session: "second" }), { message: "no worker" });
  await host.replaceFile(FILE, '[sandbox]\negress = ["a.example:1"]\n');
  await noticed.promise;
  starting.resolve();
  await second;
  equal(closed, 1);
});
