import { deepEqual, equal, match } from "node:assert/strict";
import project from "../../deno.json" with { type: "json" };
import { FORMATS } from "../../src/probes/formats.ts";
import { test } from "../sanitized.ts";
import { loneBundle } from "./lone_bundle.ts";

test("the bundle alone answers --version, --help and explain, and leaves nothing at home", async () => {
  await using alone = await loneBundle();
  equal((await alone.run("--version")).stdout, `${project.version}\n`);
  match((await alone.run("--help")).stdout, /^Usage: stakpak /);
  match((await alone.run("doctor", "explain", "memory")).stdout, /^## memory\n/m);
  deepEqual(await alone.home(), []);
});

test("the bundle alone renders every format", async () => {
  await using alone = await loneBundle();
  for (const { name: format } of FORMATS) {
    const { code, stdout, stderr } = await alone.run("doctor", "--only", "memory", "--format", format);
    equal(stderr, "", format);
    match(stdout, /\S/, format);
    equal(code, 0, format);
  }
});

test("the bundle alone reads and explains configuration, completes words and says what it is asked", async () => {
  await using alone = await loneBundle();
  for (
    const words of [
      "config schema autopilot",
      "config sample",
      "completion bash",
      "autopilot schedule list --json",
    ]
  ) {
    const { code, stdout, stderr } = await alone.run(...words.split(" "));
    equal(code, 0, `${words}: ${stderr}`);
    match(stdout, /\S/, words);
  }
  match((await alone.run("--debug", "config", "validate")).stderr, /"grants held"/);
});
