import { equal, rejects } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import { PathError } from "../../src/host/inspection.ts";
import { makeBoxFolders } from "../../src/sandbox/box_folders.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("makeBoxFolders() makes two private folders of the box's account, and removes them", async () => {
  const host = denoHost(["/nowhere"]);
  const temp = await Deno.makeTempDir();
  const account = host.uid === 0 ? { uid: 1000, gid: 1000 } : { uid: host.uid!, gid: host.gid! };
  const folders = await makeBoxFolders(host, `${temp}/box`, account);
  for (const folder of [folders.in, folders.out]) {
    const { mode, uid, gid } = (await host.status(folder))!;
    equal(mode, 0o700);
    equal(`${uid}:${gid}`, `${account.uid}:${account.gid}`);
  }
  equal(folders.mcpSocket, `${temp}/box/in/mcp.sock`);
  equal(folders.egressSocket, `${temp}/box/out/egress.sock`);
  await folders[Symbol.asyncDispose]();
  equal(await host.status(`${temp}/box`), undefined);
  await Deno.remove(temp);
});

test("makeBoxFolders() says whose account a box may have where we are not root, and leaves nothing", async () => {
  const host = fakeHost({ uid: 1000 });
  const refusing = { ...host, give: () => Promise.reject(new PathError("/run/box/in", "not permitted")) };
  await rejects(makeBoxFolders(refusing, "/run/box", { uid: 1234, gid: 1234 }), {
    message:
      "Cannot start a sandbox: its account is 1234:1234, and only root may give it folders; must be 1000:1000",
    hint: "remove user under [sandbox] in autopilot.toml",
  });
  equal(await host.status("/run/box"), undefined);
});
