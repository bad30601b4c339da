import { deepEqual, equal } from "node:assert/strict";
import { artifactName, compileArguments, TARGETS } from "../../scripts/compile_arguments.ts";
import { test } from "../sanitized.ts";

test("a binary is made for five machines, each named after it", () => {
  deepEqual(TARGETS.map((target) => [target.triple, artifactName(target)]), [
    ["x86_64-unknown-linux-gnu", "stakpak-linux-x64"],
    ["aarch64-unknown-linux-gnu", "stakpak-linux-arm64"],
    ["x86_64-apple-darwin", "stakpak-macos-x64"],
    ["aarch64-apple-darwin", "stakpak-macos-arm64"],
    ["x86_64-pc-windows-msvc", "stakpak-windows-x64.exe"],
  ]);
});

/** Written out and not computed: this is what a binary may do. */
test("a binary is bundled, not made small again, never asks, and may do what the table says", () => {
  const [target] = TARGETS;
  const given = compileArguments(target!, "dist/stakpak.js", "dist/stakpak-linux-x64");
  const env = given.find((one) => one.startsWith("--allow-env="))!;
  deepEqual(given.filter((one) => one !== env), [
    "compile",
    "--quiet",
    "--bundle",
    "--no-prompt",
    "--allow-read",
    "--allow-write",
    "--allow-net",
    "--allow-run=docker,warden,systemctl,systemd-run,loginctl,launchctl,df,id,kill,env,sh,setsid",
    "--allow-sys=osRelease,uid,gid,systemMemoryInfo,hostname,networkInterfaces",
    "--deny-net=169.254.0.0/16,[fd00:ec2::254]",
    "--target=x86_64-unknown-linux-gnu",
    "--output=dist/stakpak-linux-x64",
    "dist/stakpak.js",
  ]);
  equal(env.startsWith("--allow-env=HOME,"), true);
  equal(env.endsWith(",STAKPAK_*"), true);
});
