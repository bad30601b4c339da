/**
 * From inside a box that has a way out: all that is not listed, above all this machine itself.
 *
 * @module
 */
import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Box } from "../../src/sandbox/box.ts";
import { attackStage, refused, sh, works } from "./attack_stage.ts";
import { dockerTest } from "./docker.ts";
import { hostService } from "./host_service.ts";

const LISTED = "listed.example:443";

/** Connects without the proxy. */
function direct(address: string, port: number): string {
  const family = address.includes(":") ? "AF_INET6" : "AF_INET";
  const pack = address.includes(":") ? "pack_sockaddr_in6" : "pack_sockaddr_in";
  const script = `socket(S, ${family}, SOCK_STREAM, 0) or die "$!\\n"; ` +
    `connect(S, ${pack}(${port}, inet_pton(${family}, "${address}"))) or die "$!\\n"; print "connected\\n"`;
  return `perl -MSocket=:all -e '${script}'`;
}

/** Sends `head` to the proxy, as any program in the box can. */
function proxied(head: readonly string[]): string {
  const text = `${head.join("\\r\\n")}\\r\\n\\r\\n`;
  return `exec 3<> /dev/tcp/127.0.0.1/3128; printf '${text}' >&3; cat <&3`;
}

async function ask(box: Box, head: readonly string[]): Promise<string> {
  return await sh(box, `bash -c "${proxied(head).replaceAll("$", "\\$")}"`);
}

function authority(address: string, port: number): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

dockerTest(
  "a box reaches no service of this machine, at whatever address, with or without its way out",
  async () => {
    await using service = await hostService();
    await using on = await attackStage({ sandbox: { egress: [LISTED] } });
    const box = await on.box();
    ok(service.addresses.includes("127.0.0.1") && service.addresses.length > 3, "the bridges are among them");
    const denied: string[] = [];
    for (const address of service.addresses) {
      const at = authority(address, service.port);
      await refused(box, [[
        direct(address, service.port),
        /Network is unreachable|Connection refused|Cannot assign|No such device|Invalid argument/,
      ]]);
      if (address.includes("%")) continue;
      for (const head of [[`CONNECT ${at} HTTP/1.1`], [`GET http://${at}/ HTTP/1.1`, `Host: ${LISTED}`]]) {
        match(await ask(box, head), /^HTTP\/1\.1 403 egress to .* denied by policy/);
        denied.push(`denied ${at} not listed`);
      }
    }
    deepEqual(await on.decisions(denied.length), denied);
    deepEqual(service.heard, []);
    await works(box);
  },
);

dockerTest("a box reaches no metadata service, though a rule should cover its address", async () => {
  await using on = await attackStage({ sandbox: { egress: ["160.0.0.0/4:80", "100.64.0.0/10:80"] } });
  const box = await on.box();
  const addresses = ["169.254.169.254", "169.254.170.2", "168.63.129.16", "100.100.100.200", "fd00:ec2::254"];
  for (const address of addresses) {
    await refused(box, [[direct(address, 80), /Network is unreachable|Cannot assign/]]);
    const at = authority(address, 80);
    const said = await ask(box, [`GET http://${at}/latest/meta-data/ HTTP/1.1`, `Host: ${at}`]);
    match(said, /^HTTP\/1\.1 403 egress to .* denied by policy/);
  }
  const denied = addresses.map((address) =>
    `denied ${authority(address, 80)} ${address} is a cloud metadata address`
  );
  deepEqual(await on.decisions(denied.length), denied);
});

dockerTest(
  "a box reaches nothing that is not listed: by name, by address, by another Host, nor a name server",
  async () => {
    await using on = await attackStage({ sandbox: { egress: [LISTED, "*.wild.example:443"] } });
    const box = await on.box();
    await refused(box, [
      [direct("1.1.1.1", 443), /Network is unreachable/],
      [direct("2606:4700:4700::1111", 443), /Network is unreachable|Cannot assign/],
      ["getent hosts listed.example", /^COMMAND_FAILED/],
      // A question in UDP, as resolvers ask.
      [
        `perl -MSocket -e 'socket(S, AF_INET, SOCK_DGRAM, 0); send(S, "x", 0, sockaddr_in(53, inet_aton("1.1.1.1"))) or die "$!\\n"'`,
        /Network is unreachable/,
      ],
      [`perl -MSocket -e 'socket(S, AF_INET, SOCK_RAW, 1) or die "$!\\n"'`, /Operation not permitted/],
    ]);
    const asked = [
      ["CONNECT other.example:443", "other.example:443"],
      ["CONNECT listed.example:22", "listed.example:22"],
      ["CONNECT 1.1.1.1:443", "1.1.1.1:443"],
      ["CONNECT 1.1.1.1:53", "1.1.1.1:53"],
      ["CONNECT [2606:4700:4700::1111]:443", "[2606:4700:4700::1111]:443"],
      ["CONNECT evilwild.example:443", "evilwild.example:443"],
      ["CONNECT listed.example.other.example:443", "listed.example.other.example:443"],
      ["GET http://other.example/", "other.example:80"],
    ] as const;
    for (const [line] of asked) {
      const said = await ask(box, [
        `${line} HTTP/1.1`,
        `Host: ${LISTED}`,
        "X-Forwarded-Host: listed.example",
      ]);
      match(said, /^HTTP\/1\.1 403 egress to .* denied by policy/, line);
    }
    deepEqual(await on.decisions(asked.length), asked.map(([, at]) => `denied ${at} not listed`));
  },
);

dockerTest("what is no plain request is refused, and nobody is asked for it", async () => {
  await using on = await attackStage({ sandbox: { egress: [LISTED] } });
  const box = await on.box();
  const odd = [
    ["CONNECT listed.example:443@other.example:443 HTTP/1.1"],
    ["CONNECT listed.example HTTP/1.1"],
    ["CONNECT 0x7f000001:443 HTTP/1.1"],
    ["CONNECT 127.1:443 HTTP/1.1"],
    ["CONNECT [::ffff:127.0.0.1%25lo]:443 HTTP/1.1"],
    ["GET / HTTP/1.1", "Host: listed.example"],
    ["GET http://listed.example:443@other.example/ HTTP/1.1", "Host: listed.example"],
    ["GET http://listed.example:443/ HTTP/1.1", "Content-Length: 1", "Transfer-Encoding: chunked"],
  ];
  for (const head of odd) match(await ask(box, head), /^HTTP\/1\.1 40[03] /, head[0]);
  const opened = on.stage.decisions.filter(({ verdict }) => verdict === "allowed");
  deepEqual(opened, []);
  equal(await sh(box, "echo fine"), "fine");
});
