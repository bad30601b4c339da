import { deepEqual, equal, match } from "node:assert/strict";
import { BOX_ACCOUNT } from "./box_account.ts";
import { denoHost } from "../../src/host/deno_host.ts";
import { homeOf, LABELS } from "../../src/sandbox/instance.ts";
import { bundledProgram } from "./bundled_program.ts";
import { docker, dockerTest, rootDockerTest } from "./docker.ts";
import { baseImage } from "./images.ts";

interface Stage extends AsyncDisposable {
  readonly home: string;
  start(...words: readonly string[]): Deno.ChildProcess;
  run(words: readonly string[], stdin?: string): Promise<{ code: number; out: string; err: string }>;
  containers(): Promise<string[]>;
}

async function stage(): Promise<Stage> {
  const [program, ...flags] = await bundledProgram();
  const home = await Deno.realPath(await Deno.makeTempDir({ prefix: "wrap-" }));
  const start = (...words: readonly string[]) =>
    new Deno.Command(program!, {
      args: [...flags, "warden", "wrap", ...words],
      clearEnv: true,
      env: {
        HOME: home,
        PATH: Deno.env.get("PATH")!,
        STAKPAK_RUN_DIR: `${home}/r`,
        ANTHROPIC_API_KEY: "sk-ant-canary",
      },
      cwd: home,
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  return {
    home,
    start,
    async run(words, stdin = "") {
      const child = start(...words);
      const input = new Blob([stdin]).stream().pipeTo(child.stdin);
      const { code, stdout, stderr } = await child.output();
      await input.catch(() => {});
      const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      return { code, out: out!, err: err! };
    },
    containers: async () => {
      const label = `label=${LABELS.home}=${await homeOf(denoHost([]), `${home}/r`)}`;
      return (await docker("ps", "-a", "--filter", label, "--format", "{{.Names}}")).split("\n").filter(
        Boolean,
      );
    },
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
}

const LOOK =
  `id -u; pwd; echo $A; cat /v/file; ls /sys/class/net; touch /x 2>&1 | grep -o 'Read-only.*'; env | grep -c canary; echo $HTTPS_PROXY; exit 7`;

dockerTest(
  "warden wrap runs a command of any image behind the same walls, and exits as it does",
  async () => {
    await using under = await stage();
    const image = await baseImage();
    await Deno.mkdir(`${under.home}/v`);
    // Its client hands these on to every container, where nobody says otherwise.
    const proxy = "http://ada:canary@proxy.example:3128";
    const proxies = { default: { httpProxy: proxy, httpsProxy: proxy, ftpProxy: proxy } };
    await Deno.mkdir(`${under.home}/.docker`);
    await Deno.writeTextFile(`${under.home}/.docker/config.json`, JSON.stringify({ proxies }));
    await Deno.chmod(under.home, 0o755);
    await Deno.writeTextFile(`${under.home}/v/file`, "from outside\n");
    const options = ["--env", "A=b c", "--volume", "./v:/v:ro", "--workdir", "/usr"];
    const { code, out, err } = await under.run([image, ...options, "--", "sh", "-c", LOOK]);
    deepEqual(out.split("\n"), [
      ...[
        `${BOX_ACCOUNT.uid}`,
        "/usr",
        "b c",
        "from outside",
        "lo",
        "Read-only file system",
        "0",
        "http://127.0.0.1:3128",
        "",
      ],
    ], err);
    equal(code, 7);
    deepEqual(await under.containers(), []);
  },
);

dockerTest("warden wrap hands on stdin", async () => {
  await using under = await stage();
  const { code, out } = await under.run([await baseImage(), "--", "cat"], "hello\n");
  deepEqual([code, out], [0, "hello\n"]);
});

rootDockerTest("warden wrap hands on stdin, and takes another account", async () => {
  await using under = await stage();
  const { code, out } = await under.run([
    await baseImage(),
    "--user",
    "1234:1235",
    "--",
    "sh",
    "-c",
    "cat; id -u; id -g",
  ], "hello\n");
  deepEqual([code, out], [0, "hello\n1234\n1235\n"]);
});

const SERVER = `use IO::Socket::INET; $| = 1;
my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1:8080", Listen => 5) or die;
print "listening\\n"; while (my $c = $s->accept) { print $c "hello from the box\\n"; close $c; }`;

dockerTest("warden wrap publishes a port of a box that has no network, until it is told to end", async () => {
  await using under = await stage();
  const free = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  const { port } = free.addr;
  free.close();
  const child = under.start(await baseImage(), "-p", `${port}:8080`, "--", "perl", "-e", SERVER);
  const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  equal((await lines.read()).value, "listening\n");
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  equal(await new Response(connection.readable).text(), "hello from the box\n");
  child.kill("SIGTERM");
  equal((await child.status).code, 130);
  await lines.cancel();
  await child.stdin.close();
  await child.stderr.cancel();
  deepEqual(await under.containers(), []);
});

dockerTest("warden wrap says what is wrong before anything is started", async () => {
  await using under = await stage();
  const image = await baseImage();
  using taken = Deno.listen({ port: 0, hostname: "127.0.0.1" });
  // As a box may have left it, and where this program finds docker.
  const placed = `${under.home}/.stakpak/autopilot/workspace/placed`;
  await Deno.mkdir(placed, { recursive: true });
  const programs = Deno.env.get("PATH")!.split(":").find((folder) => folder.startsWith("/usr/"));
  const wrong: [string[], RegExp][] = [
    [
      ["stakpak-test:none", "--", "id"],
      /error: .*image stakpak-test:none is not present\nhint: docker pull stakpak-test:none/,
    ],
    [[image, "--user", "0", "--", "id"], /--user is "0", must be UID:GID, not root/],
    [[image, "--env", "A", "--", "id"], /--env must be NAME=VALUE/],
    [[image, "-p", "80", "--", "id"], /-p is "80", must be PORT:BOXPORT/],
    [[image, "-v", "/:/host", "--", "id"], /volume "\/" is the root folder, must not be mounted/],
    [[image, "--allow", "nowhere", "--", "id"], /nowhere/],
    [
      [image, "-p", `${taken.addr.port}:80`, "--", "id"],
      /error: .*: port 127\.0\.0\.1:\d+, which is to be published, is in use\nhint: choose another one: -p PORT:80/,
    ],
    [[image, "-p", "192.0.2.1:8080:80", "--", "id"], /192\.0\.2\.1:8080.* has no address of this machine/],
    [[image, "-p", "999.1:8080:80", "--", "id"], /999\.1:8080.* has no IP address/],
    [[image, "-p", "8080:80", "-p", "8081:80", "--", "id"], /-p names one port of the box twice/],
    [[image, "-v", `${placed}:/x`, "--", "id"], /is inside .*\/workspace, which the box can write/],
    [[image, "-v", `${programs}:/x`, "--", "id"], /it could put a program of its own there/],
  ];
  for (const [words, message] of wrong) {
    const { code, err } = await under.run(words);
    match(err, message);
    equal(code, 2);
  }
  deepEqual(await under.containers(), []);
});

dockerTest(
  "a wrapped command that goes on after an interrupt is ended with its box ten seconds later",
  async () => {
    await using under = await stage();
    const child = under.start(await baseImage(), "--", "sh", "-c", 'trap "" INT TERM; echo up; read never');
    const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    equal((await lines.read()).value, "up\n");
    child.kill("SIGTERM");
    equal((await child.status).code, 130);
    deepEqual(await under.containers(), []);
    await lines.cancel();
    await child.stdin.close();
    await child.stderr.cancel();
  },
);

const ANSWERS_AND_ENDS = `use IO::Socket::INET; $| = 1;
my $s = IO::Socket::INET->new(LocalAddr => "127.0.0.1:8080", Listen => 5) or die;
print "listening\\n"; my $c = $s->accept; <$c>; print $c "x" x 3_000_000;`;

dockerTest(
  "what a command says at a published port last is heard whole, though it ends at once",
  async () => {
    await using under = await stage();
    const free = Deno.listen({ port: 0, hostname: "127.0.0.1" });
    const { port } = free.addr;
    free.close();
    const child = under.start(await baseImage(), "-p", `${port}:8080`, "--", "perl", "-e", ANSWERS_AND_ENDS);
    const lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    equal((await lines.read()).value, "listening\n");
    using connection = await Deno.connect({ hostname: "127.0.0.1", port });
    await connection.write(new TextEncoder().encode("hello\n"));
    equal((await new Response(connection.readable).text()).length, 3_000_000);
    equal((await child.status).code, 0);
    await lines.cancel();
    await child.stdin.close();
    await child.stderr.cancel();
  },
);
