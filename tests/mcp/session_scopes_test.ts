import assert from "node:assert/strict";
import { sessionScopes } from "../../src/mcp/session_scopes.ts";
import { tasksOf } from "../../src/mcp/tasks.ts";
import type { ToolScope } from "../../src/mcp/tool.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { workspace } from "./workspace.ts";

async function held(
  scopes: ReturnType<typeof sessionScopes>,
  name?: string,
  folder = true,
): Promise<Disposable & { scope: ToolScope }> {
  const use = await scopes.use(name === undefined ? undefined : { name, folder });
  assert.ok("scope" in use, JSON.stringify(use));
  return use;
}

async function scopeOf(...whose: Parameters<typeof held>): Promise<ToolScope> {
  using use = await held(...whose);
  return use.scope;
}

test("each session has its folder, made at its first call, and its tasks; nobody's calls have the workspace", async () => {
  await using work = await workspace();
  const scopes = sessionScopes(work.scope.host, work.path);
  const [one, two, nobody] = [
    await scopeOf(scopes, "one"),
    await scopeOf(scopes, "two"),
    await scopeOf(scopes),
  ];
  assert.deepEqual([one, two, nobody].map((scope) => scope.workspace), [
    `${work.path}/one`,
    `${work.path}/two`,
    work.path,
  ]);
  const task = tasksOf(one).start({ command: "pwd", description: undefined, timeoutSeconds: undefined })!;
  await task.ended;
  assert.equal(task.output(), `${work.path}/one`);
  assert.deepEqual(tasksOf(await scopeOf(scopes, "one")).all(), [task]);
  assert.deepEqual([...tasksOf(two).all(), ...tasksOf(nobody).all()], []);
  await scopes.stop();
});

test("a session without a folder works in the workspace, with tasks of its own", async () => {
  const scopes = sessionScopes(fakeHost(), "/work");
  const [one, two] = [await scopeOf(scopes, "one", false), await scopeOf(scopes, "two", false)];
  assert.deepEqual([one.workspace, two.workspace], ["/work", "/work"]);
  assert.notEqual(tasksOf(one), tasksOf(two));
  assert.notEqual(tasksOf(one), tasksOf(await scopeOf(scopes)));
});

test("a folder that a command has removed is made again, and a file or a link in its place is refused", async () => {
  await using work = await workspace();
  await using other = await workspace();
  const scopes = sessionScopes(work.scope.host, work.path);
  await scopeOf(scopes, "one");
  await Deno.remove(`${work.path}/one`);
  await scopeOf(scopes, "one");
  assert.ok((await Deno.lstat(`${work.path}/one`)).isDirectory);
  await work.write("file", "");
  await Deno.symlink(other.path, `${work.path}/link`);
  await Deno.symlink(`${other.path}/none`, `${work.path}/dangling`);
  for (
    const [name, why] of [["file", "it is no folder"], ["link", "it is a link"], ["dangling", "it is a link"]]
  ) {
    assert.deepEqual(await scopes.use({ name: name!, folder: true }), {
      code: "SESSION_FOLDER_ERROR",
      text: `Cannot use ${work.path}/${name}: ${why}`,
    });
  }
  assert.deepEqual(await Array.fromAsync(Deno.readDir(other.path)), []);
});

test("the 65th session makes the one forgotten that nobody has used for longest, and ends its tasks", async () => {
  const scopes = sessionScopes(fakeHost(), "/work");
  const ended: string[] = [];
  for (let index = 0; index < 64; index++) {
    const { workspace, onStop } = await scopeOf(scopes, `${index}`);
    onStop(async () => void ended.push(await Promise.resolve(workspace)));
  }
  // Used again, and in use.
  await scopeOf(scopes, "0");
  using _busy = await held(scopes, "1");
  await scopeOf(scopes, "64");
  await scopeOf(scopes, "65");
  await scopes.stop();
  assert.deepEqual(ended.slice(0, 2), ["/work/2", "/work/3"]);
  assert.equal(ended.length, 64);
});

test("where 64 sessions have calls under way another is refused, until one of them is over", async () => {
  const scopes = sessionScopes(fakeHost(), "/work");
  const uses = await Promise.all(Array.from({ length: 64 }, (_, index) => held(scopes, `${index}`)));
  assert.deepEqual(await scopes.use({ name: "more", folder: false }), {
    code: "TOO_MANY_SESSIONS",
    text: "64 sessions have calls under way: wait for one",
  });
  uses[7]![Symbol.dispose]();
  await scopeOf(scopes, "more");
  await scopeOf(scopes);
});
