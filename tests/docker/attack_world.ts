/**
 * A supervisor and its box in a world of their own: names lead where we say, and every server is really there.
 *
 * Run in a network and a mount namespace of its own, which end with it; on stdin the home folder, the rules, and
 * commands for the box. Prints what they said, every decision, and what was said to the servers that only record.
 *
 *     unshare --net --mount deno run -A tests/docker/attack_world.ts
 *
 * @module
 */
import { attackStage, sh } from "./attack_stage.ts";
import { makeIdentity } from "../fakes/certificates.ts";
import { run } from "./docker.ts";
import { lines } from "./stream_lines.ts";
import { NAMES, SERVED, type WorldAnswer, type WorldQuestion } from "./attack_world_map.ts";

const { home, egress, commands } = JSON.parse(
  await new Response(Deno.stdin.readable).text(),
) as WorldQuestion;

async function must(...argv: readonly string[]): Promise<void> {
  const { code, stderr } = await run(argv);
  if (code !== 0) throw new Error(`${argv.join(" ")} exited ${code}: ${stderr}`);
}

/** Servers in this namespace, or in one of their own at the other end of a cable. */
function servers(elsewhere: boolean) {
  const script = new URL("attack_server.ts", import.meta.url).pathname;
  const argv = [Deno.execPath(), "run", "-A", "--no-check", script];
  const [program, ...args] = elsewhere ? ["unshare", "--net", ...argv] : argv;
  const child = new Deno.Command(program!, { args, stdin: "piped", stdout: "piped" }).spawn();
  const said = lines(child.stdout);
  const stdin = child.stdin.getWriter();
  return {
    pid: child.pid,
    here: async () => void await said.next(),
    async listen(what: unknown) {
      await stdin.write(new TextEncoder().encode(`${JSON.stringify(what)}\n`));
      await said.next();
    },
    async heard(): Promise<WorldAnswer["heard"]> {
      await stdin.close();
      return JSON.parse((await said.next()).value!);
    },
  };
}

async function cable(pid: number): Promise<void> {
  const inside = (...argv: readonly string[]) =>
    must("nsenter", "--target", String(pid), "--net", "ip", ...argv);
  await must("ip", "link", "set", "lo", "up");
  await must("ip", "link", "add", "docker0", "type", "bridge");
  await must("ip", "address", "add", "172.17.0.1/16", "dev", "docker0");
  await must("ip", "link", "set", "docker0", "up");
  await must("ip", "link", "add", "w0", "type", "veth", "peer", "name", "w1", "netns", String(pid));
  for (const address of ["93.184.216.1/24", "10.77.0.1/24"]) {
    await must("ip", "address", "add", address, "dev", "w0");
  }
  await must("ip", "-6", "address", "add", "2600:1f18::1/64", "dev", "w0", "nodad");
  await must("ip", "link", "set", "w0", "up");
  for (const address of ["93.184.216.34/24", "10.77.0.2/24", "169.254.169.254/32"]) {
    await inside("address", "add", address, "dev", "w1");
  }
  await inside("-6", "address", "add", "2600:1f18::2/64", "dev", "w1", "nodad");
  await inside("link", "set", "lo", "up");
  await inside("link", "set", "w1", "up");
  await must("ip", "route", "add", "169.254.169.254/32", "dev", "w0");
}

const hosts = Object.entries(NAMES).map(([name, address]) => `${address} ${name}\n`).join("");
await Deno.writeTextFile(`${home}/hosts`, hosts);
await must("mount", "--bind", `${home}/hosts`, "/etc/hosts");
const [near, far] = [servers(false), servers(true)];
await Promise.all([near.here(), far.here()]);
await cable(far.pid);
const { caPem, certificatePem, keyPem } = await makeIdentity({
  extended: "serverAuth",
  names: SERVED.map((value) => ({ type: "dns", value })),
});
const identity = { cert: certificatePem, key: keyPem };
await far.listen({
  ...identity,
  serve: ["93.184.216.34:443", "[2600:1f18::2]:443", "10.77.0.2:8443"],
  record: ["93.184.216.34:80", "10.77.0.2:443", "169.254.169.254:443", "169.254.169.254:80"],
});
await near.listen({ ...identity, serve: [], record: ["[::]:443", "[::]:80"] });

const answers: string[] = [];
{
  await using on = await attackStage({ home, sandbox: { egress: [...egress] } });
  await Deno.mkdir(on.stage.workspace, { recursive: true });
  const box = await on.box();
  await Deno.writeTextFile(`${on.stage.workspace}/ca.pem`, caPem);
  for (const command of commands) answers.push(await sh(box, command));
  await box[Symbol.asyncDispose]();
  const heard = [...await near.heard(), ...await far.heard()];
  const decisions = await on.decisions(0);
  const answer: WorldAnswer = { answers, decisions, heard };
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(answer)));
}
Deno.exit();
