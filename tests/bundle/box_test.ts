import { deepEqual } from "node:assert/strict";
import { BOX_ACCOUNT } from "../docker/box_account.ts";
import { sessionName } from "../../src/domain/session_name.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { homeOf, LABELS } from "../../src/sandbox/instance.ts";
import { docker, dockerTest } from "../docker/docker.ts";
import { baseImage } from "../docker/images.ts";
import { loneBundle } from "./lone_bundle.ts";

dockerTest(
  "the bundle alone starts a box with itself in it, and leaves no container and no socket",
  async () => {
    await using alone = await loneBundle();
    const command = ["sh", "-c", "id -u; pwd; ls /opt/stakpak; ls -A; ls -A /run/stakpak/out"];
    const { code, stdout, stderr } = await alone.run(
      "sandbox",
      "run",
      "--image",
      await baseImage(),
      "--",
      ...command,
    );
    deepEqual({ code, stdout, stderr }, {
      code: 0,
      stdout: `${BOX_ACCOUNT.uid}\n/workspace/${await sessionName("run")}\ndeno\nstakpak.js\negress.sock\n`,
      stderr: "",
    });
    const run = `${alone.homePath}/.stakpak/run`;
    const label = `label=${LABELS.home}=${await homeOf(denoHost([]), run)}`;
    deepEqual(await docker("ps", "--all", "--quiet", "--filter", label), "");
    deepEqual((await Array.fromAsync(Deno.readDir(run))).map(({ name }) => name), ["lock"]);
  },
);
