import assert from "node:assert/strict";
import { bindPort } from "../../src/probes/bind_port.ts";
import { diskSpace } from "../../src/probes/disk_space.ts";
import { dockerAccessible } from "../../src/probes/docker_accessible.ts";
import { dockerInstalled } from "../../src/probes/docker_installed.ts";
import { dockerUserSystemd } from "../../src/probes/docker_user_systemd.ts";
import { memory } from "../../src/probes/memory.ts";
import { runProbes } from "../../src/probes/run.ts";
import { sandboxImage } from "../../src/probes/sandbox_image.ts";
import { serverHealth } from "../../src/probes/server_health.ts";
import { serviceEnvironment } from "../../src/probes/service_environment.ts";
import { serviceInstalled } from "../../src/probes/service_installed.ts";
import { systemdLinger } from "../../src/probes/systemd_linger.ts";
import { test } from "../sanitized.ts";
import { fakeHost } from "./fake_host.ts";
import { contextOn } from "./fake_probes.ts";
import * as machines from "./machines.ts";

/** Every probe that runs a command, and those of the service. */
const PROBES = [
  dockerInstalled,
  dockerAccessible,
  dockerUserSystemd,
  memory,
  bindPort,
  systemdLinger,
  diskSpace,
  sandboxImage,
  serviceInstalled,
  serviceEnvironment,
  serverHealth,
];

/** One letter per probe, in the order above: pass, warn, block, skip. */
const EXPECTED: Record<keyof typeof machines, string> = {
  healthy: "ppppppppsss",
  running: "ppppppppppp",
  "no_docker": "bssppppssss",
  "no_access": "pbsppppssss",
  small: "pppbppwpsss",
  macos: "pwsppsppsss",
  wsl: "pbsppspssss",
};

for (const [name, machine] of Object.entries(machines)) {
  test(`the machine ${name} has the commands that doctor runs there, and no other`, async () => {
    const host = fakeHost(machine);
    const answers = await runProbes(PROBES, await contextOn(host), new AbortController().signal);
    const letters = answers.map(({ result }) => result.status[0]).join("");
    const summaries = answers.map(({ probe, result }) => `${probe.id}: ${result.status}: ${result.summary}`);
    assert.equal(letters, EXPECTED[name as keyof typeof machines], summaries.join("\n"));
    assert.deepEqual(host.unused(), []);
  });
}
