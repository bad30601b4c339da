import { deepEqual, equal } from "node:assert/strict";
import { unfitDocker } from "../../src/probes/unfit_docker.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const KIND = "docker info -f {{.OperatingSystem}}\t{{json .SecurityOptions}}";
const ADDRESS = "docker context inspect -f {{.Endpoints.docker.Host}}";
const LOCAL = "unix:///var/run/docker.sock";
const signal = new AbortController().signal;

const under = (kind: string, address = LOCAL, env: Record<string, string> = {}) =>
  unfitDocker({
    host: fakeHost({
      env,
      commands: { [KIND]: { stdout: `${kind}\n` }, [ADDRESS]: { stdout: `${address}\n` } },
    }),
    signal,
  });

test("unfitDocker() has nothing against dockerd on this machine, at whatever socket", async () => {
  equal(await under("Debian\t[]"), undefined);
  equal(
    await under("Debian\t[]", "unix:///tmp/mine.sock", { DOCKER_HOST: "unix:///tmp/mine.sock" }),
    undefined,
  );
  equal(await unfitDocker({ host: fakeHost(), signal }), undefined);
});

test("unfitDocker() says why boxes cannot run under another Docker, and what points there", async () => {
  const remote = "tcp://10.0.0.7:2376";
  const away = await under("Debian\t[]", remote, { DOCKER_HOST: remote });
  deepEqual(away, {
    status: "warn",
    summary: "Sandboxes cannot run here: Docker is on another machine",
    fix: {
      summary: "Run stakpak where dockerd runs, as the system's own service on Linux",
      command: "unset DOCKER_HOST",
    },
  });
  deepEqual(
    (await under("Docker Desktop\t[]"))?.summary.split(": ")[1],
    "Docker runs in the virtual machine of Docker Desktop",
  );
  deepEqual((await under('Debian\t["name=rootless"]'))?.status, "warn");
});
