/**
 * From inside a box: listed names that lead where nobody may go, and where one may. Each in a world of its own.
 *
 * @module
 */
import { deepEqual, equal, match } from "node:assert/strict";
import { DENIED_NET } from "../../src/cli/permissions.ts";
import { remove } from "../../src/host/deno_remove.ts";
import { bundledProgram } from "./bundled_program.ts";
import { rootDockerTest, run } from "./docker.ts";
import { baseImage } from "./images.ts";
import type { WorldAnswer, WorldQuestion } from "./attack_world_map.ts";

/** `rights` are those of the supervisor. */
async function world(
  question: Omit<WorldQuestion, "home">,
  rights: readonly string[] = [],
): Promise<WorldAnswer> {
  // Made out here: there is no way to a registry in there.
  await Promise.all([bundledProgram(), baseImage()]);
  const home = await Deno.makeTempDir({ prefix: "attack-" });
  try {
    const script = new URL("attack_world.ts", import.meta.url).pathname;
    const argv = [
      "unshare",
      "--net",
      "--mount",
      Deno.execPath(),
      "run",
      "-A",
      "--no-check",
      ...rights,
      script,
    ];
    const { code, stdout, stderr } = await run(argv, JSON.stringify({ ...question, home }));
    equal(code, 0, stderr);
    return JSON.parse(stdout);
  } finally {
    await remove(home);
  }
}

const FORBIDDEN = {
  "loopback.example": "127.0.0.1 is an address of this host",
  "loopback6.example": "::1 is an address of this host",
  "any.example": "127.0.0.1 is an address of this host",
  "bridge.example": "172.17.0.1 is an address of this host",
  "outside.example": "93.184.216.1 is an address of this host",
  "outside6.example": "2600:1f18::1 is an address of this host",
  "lan.example": "10.77.0.2 is a private address",
  "metadata.example": "169.254.169.254 is a cloud metadata address",
} as const;

/** Asks for a tunnel and speaks at once, without waiting for leave. */
function impatient(name: string): string {
  const text = `CONNECT ${name}:443 HTTP/1.1\\r\\n\\r\\nearly`;
  return `bash -c "exec 3<> /dev/tcp/127.0.0.1/3128; printf '${text}' >&3; head -1 <&3"`;
}

rootDockerTest(
  "a listed name that leads to this host, its network or a metadata service: closed before a byte is said",
  async () => {
    const names = Object.keys(FORBIDDEN);
    const egress = names.map((name) => `${name}:443`);
    const { answers, decisions, heard } = await world({ egress, commands: names.map(impatient) });
    deepEqual(answers, names.map((name) => `HTTP/1.1 403 egress to ${name}:443 denied by policy`));
    deepEqual(decisions, Object.entries(FORBIDDEN).map(([name, reason]) => `denied ${name}:443 ${reason}`));
    // There is somebody, everywhere: what keeps the box away is no closed port.
    equal(heard.length, names.length);
    deepEqual(heard.filter(({ said }) => said !== ""), []);
  },
);

rootDockerTest("with the rights of the program nobody even knocks at a metadata service", async () => {
  const rights = [`--deny-net=${DENIED_NET.join(",")}`];
  const egress = ["metadata.example:443", "metadata.example:80"];
  const { answers, decisions, heard } = await world(
    { egress, commands: [impatient("metadata.example")] },
    rights,
  );
  deepEqual(answers, ["HTTP/1.1 403 egress to metadata.example:443 denied by policy"]);
  deepEqual(decisions, ["denied metadata.example:443 not granted"]);
  deepEqual(heard, []);
});

/** Fetches with the certificate of the world, as programs do: by the variables of the environment. */
function fetched(url: string): string {
  const code = `console.log(await fetch("${url}").then((a) => a.text(), (e) => "failed: " + e.message))`;
  return `/opt/stakpak/deno eval --cert ca.pem '${code}'`;
}

rootDockerTest(
  "a listed host is reached by its name, over IPv4 and IPv6, and a private one by its network",
  async () => {
    const egress = ["allowed.example:443", "*.six.example:443", "10.77.0.0/16:8443"];
    const urls = ["https://allowed.example/", "https://six.example/"];
    const tunnel =
      `bash -c "exec 3<> /dev/tcp/127.0.0.1/3128; printf 'CONNECT 10.77.0.2:8443 HTTP/1.1\\r\\n\\r\\n' >&3; head -1 <&3"`;
    const { answers, decisions } = await world({ egress, commands: [...urls.map(fetched), tunnel] });
    deepEqual(answers, [
      "served allowed.example",
      "served six.example",
      "HTTP/1.1 200 Connection established",
    ]);
    deepEqual(decisions.toSorted(), [
      "allowed 10.77.0.2:8443",
      "allowed allowed.example:443",
      "allowed six.example:443",
    ]);
  },
);

rootDockerTest(
  "a listed host leads nowhere else by a redirect",
  async () => {
    const away = [
      "https://other.example/",
      "http://169.254.169.254/",
      "http://127.0.0.1/",
      "https://lan.example:8443/",
    ];
    const egress = ["allowed.example:443"];
    const commands = away.map((to) => fetched(`https://allowed.example/away?${to}`));
    const { answers, decisions, heard } = await world({ egress, commands });
    for (const answer of answers) match(answer, /^failed: |^egress to .* denied by policy$/m);
    deepEqual(heard, []);
    const denied = decisions.filter((decision) => decision.startsWith("denied"));
    // 127.0.0.1 is the box itself: NO_PROXY.
    deepEqual(denied, [
      "denied other.example:443 not listed",
      "denied 169.254.169.254:80 169.254.169.254 is a cloud metadata address",
      "denied lan.example:8443 not listed",
    ]);
  },
);
