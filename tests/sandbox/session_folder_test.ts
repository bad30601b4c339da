import { equal } from "node:assert/strict";
import { statePaths } from "../../src/config/paths.ts";
import { sessionFolder, tidySessionFolder } from "../../src/sandbox/session_folder.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

test("what a session leaves of its workspace is its files, and no empty folder", async () => {
  const paths = statePaths(fakeHost());
  const [empty, full] = [await sessionFolder(paths, "empty"), await sessionFolder(paths, "full")];
  const host = fakeHost({ files: { [empty]: { kind: "directory" }, [`${full}/result`]: "kept" } });
  for (const session of ["empty", "full", "never begun"]) await tidySessionFolder(host, paths, session);
  equal(await host.linkStatus(empty), undefined);
  equal(host.fileText(`${full}/result`), "kept");
});
