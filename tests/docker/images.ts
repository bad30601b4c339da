/**
 * The images that the Docker tests run, made where they are absent. No registry is asked, only Debian's packages.
 *
 * `deno run -A tests/docker/images.ts` makes all of them; that needs root and debootstrap.
 *
 * @module
 */
import { BASE_IMAGE, docker, run } from "./docker.ts";

/** Debian with systemd, logind and the docker command. */
export const SYSTEMD_IMAGE = "stakpak-systemd-test:bookworm";

const DOCKERFILE = new URL("systemd.Dockerfile", import.meta.url);
/** Marks which text an image was made of, so that a changed Dockerfile makes a new one. */
const MADE_OF = "stakpak-test-made-of";

/** Makes {@linkcode BASE_IMAGE} where it is absent. */
export async function baseImage(): Promise<string> {
  await alone(makeBaseImage);
  return BASE_IMAGE;
}

/** Makes {@linkcode SYSTEMD_IMAGE} where it is absent or made of another Dockerfile. */
export async function systemdImage(): Promise<string> {
  await alone(async () => {
    const text = await Deno.readTextFile(DOCKERFILE);
    const mark = await sha256(text);
    if (await labelOf(SYSTEMD_IMAGE, MADE_OF) === mark) return;
    await makeBaseImage();
    const build = [
      "docker",
      "build",
      "--quiet",
      "--tag",
      SYSTEMD_IMAGE,
      "--label",
      `${MADE_OF}=${mark}`,
      "-",
    ];
    await must(build, new Blob([text]).stream());
  });
  return SYSTEMD_IMAGE;
}

async function makeBaseImage(): Promise<void> {
  if (await labelOf(BASE_IMAGE, MADE_OF) !== undefined) return;
  const root = await Deno.makeTempDir({ prefix: "stakpak-debootstrap-" });
  try {
    await must(["debootstrap", "--variant=minbase", "bookworm", root, "http://deb.debian.org/debian"]);
    const tar = new Deno.Command("tar", { args: ["-C", root, "-c", "."], stdout: "piped" }).spawn();
    await must(["docker", "import", "-", BASE_IMAGE], tar.stdout);
    if (!(await tar.status).success) throw new Error(`Cannot pack ${root}`);
  } finally {
    await must(["rm", "-rf", "--one-file-system", root]);
  }
}

/** `undefined` when there is no such image, "" when it has no such label. */
async function labelOf(image: string, label: string): Promise<string | undefined> {
  const { code, stdout } = await run([
    "docker",
    "image",
    "inspect",
    "-f",
    `{{index .Config.Labels "${label}"}}`,
    image,
  ]);
  return code === 0 ? stdout.trim() : undefined;
}

async function must(argv: readonly string[], stdin?: ReadableStream<Uint8Array>): Promise<void> {
  const { code, stdout, stderr } = await run(argv, stdin);
  if (code !== 0) {
    throw new Error(`Cannot make an image: ${argv.join(" ")} exited ${code}: ${stderr || stdout}`);
  }
}

/** Test files run in parallel; one of them makes the image, the others wait for it. */
async function alone(make: () => Promise<void>): Promise<void> {
  using file = await Deno.open(`${Deno.env.get("TMPDIR") ?? "/tmp"}/stakpak-test-images-${Deno.uid()}.lock`, {
    create: true,
    write: true,
  });
  await file.lock(true);
  await make();
}

async function sha256(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}

if (import.meta.main) {
  await docker("version");
  await systemdImage();
}
