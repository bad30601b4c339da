import { equal, match } from "node:assert/strict";
import { denoHost } from "../../src/host/deno_host.ts";
import type { Host } from "../../src/host/host.ts";
import { forwardEgress } from "../../src/warden/forward_egress.ts";
import { judge, notJudged } from "../probes/judge.ts";
import { test } from "../sanitized.ts";
import { egressStage } from "./egress_stage.ts";

const hostWith = (env: Readonly<Record<string, string>>): Host => ({
  ...denoHost(["stakpak"]),
  env: (name) => env[name],
});

test("curl in a box reaches the supervisor's proxy by the variables alone", async () => {
  await using stage = await egressStage([]);
  const env = { HTTPS_PROXY: "http://127.0.0.1:3128" };
  await using passing = await forwardEgress(hostWith(env), stage.socketPath);
  equal(passing?.port, 3128);
  const words = ["-sS", "--max-time", "5", "http://evil.example/"];
  const verdict = await judge("env", ["http_proxy=http://127.0.0.1:3128", "curl", ...words]);
  if (/curl.*No such file/.test(verdict!.said)) return notJudged("curl is not installed");
  match(verdict!.said, /^egress to evil\.example:80 denied by policy$/m);
});

test("nothing listens where no proxy variable names that address, or there is no way out", async () => {
  await using stage = await egressStage([]);
  equal(await forwardEgress(hostWith({}), stage.socketPath), undefined);
  equal(await forwardEgress(hostWith({ HTTPS_PROXY: "http://10.0.0.1:3128" }), stage.socketPath), undefined);
  const env = { HTTP_PROXY: "http://127.0.0.1:3128" };
  equal(await forwardEgress(hostWith(env), `${stage.folder}/nothing/egress.sock`), undefined);
});
