import { boxUser, UNPRIVILEGED } from "../config/box_user.ts";
import { isImageName, shownImage } from "../config/sandbox_image.ts";
import { resolveProfile } from "../config/resolve_profile.ts";
import { quoted } from "../domain/printable.ts";
import { EXIT, UserError } from "../domain/error.ts";
import type { PublishedPort } from "../sandbox/wrap.ts";
import type { Cli } from "./cli.ts";
import type { GlobalOptions } from "./leaf.ts";
import { mayNotAllow, readSandbox, wayOut, writableByBoxes } from "./start_boxes.ts";

export interface WrapOptions extends GlobalOptions {
  readonly env?: readonly string[];
  readonly volume?: readonly string[];
  readonly publish?: readonly string[];
  readonly workdir?: string;
  readonly tty?: true;
  readonly user?: string;
  readonly allow?: readonly string[];
}

/** Ten seconds for the command, as many for docker to remove the box, and some for the rest. */
const ENDING_MS = 22_000;

/** `warden wrap IMAGE -- CMD`: exits as the command does. Rejects with {@linkcode UserError} when it cannot start. */
export async function wrapCommand(
  cli: Cli,
  options: WrapOptions,
  image: string,
  command: readonly string[],
): Promise<number> {
  const { host, paths, profile, signal, terminal } = cli;
  const { env = [], volume = [], publish = [], allow = [], user, tty, workdir } = options;
  if (!isImageName(image)) throw usage(`the image is ${shownImage(image)}, must be an image name`);
  if (user !== undefined && !/^[1-9]\d{0,9}(:[1-9]\d{0,9})?$/.test(user)) {
    throw usage(`--user is ${quoted(user)}, must be UID:GID, not root`);
  }
  const variables = Object.fromEntries(env.map(variable));
  const ports = publish.map(published);
  if (new Set(ports.map(({ boxPort }) => boxPort)).size < ports.length) {
    throw usage("-p names one port of the box twice");
  }
  cli.mayEndWithin(ENDING_MS);
  const { value: { sandbox } } = await readSandbox(cli);
  if (sandbox?.warden === "none") mayNotAllow(allow, sandbox.warden);
  const { profile: { warden } } = resolveProfile(await cli.loadConfig(), profile);
  const { boxLimits } = await import("../sandbox/box_settings.ts");
  const { judgedMounts, writableSources } = await import("../sandbox/judged_mounts.ts");
  const { judgeOwnPrograms } = await import("../sandbox/own_programs.ts");
  const { runFolder } = await import("../sandbox/run_folder.ts");
  const { startSupervisor } = await import("../sandbox/supervisor.ts");
  const { wrap } = await import("../sandbox/wrap.ts");
  const here = await host.realPath(".") ?? "/";
  const volumes = [...volume.map((text) => fromHere(text, here)), ...warden?.volumes ?? []];
  const writable = await writableByBoxes(cli);
  const rules = { paths, user: user ?? sandbox?.user, writable };
  const { mounts, notes } = await judgedMounts(host, rules, volumes);
  await judgeOwnPrograms(host, [...writable, ...writableSources(mounts)]);
  for (const note of notes) terminal.warn(note);
  await using opened = new AsyncDisposableStack();
  const { start, decided } = await wayOut(cli, allow, opened);
  const log = (line: string) => terminal.note(line);
  const run = await runFolder(host, paths);
  const supervisor = opened.use(await startSupervisor({ host, run, log }, signal));
  const settings = {
    image,
    account: boxUser(host, user ?? sandbox?.user) ?? UNPRIVILEGED,
    limits: boxLimits(sandbox ?? {}),
    mounts,
    egress: [...sandbox?.egress ?? [], ...allow],
  };
  const parts = { host, supervisor, settings, env: variables, ports, workdir, command };
  return await wrap({ ...parts, tty: tty ?? false, startEgress: start, decided }, signal);
}

/** `./src` is a folder of where the command was typed. */
function fromHere(text: string, here: string): string {
  return /^\.\.?(?=[/:])/.test(text) ? `${here}/${text}` : text;
}

function variable(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0 && /^[A-Za-z_]\w*$/.test(text.slice(0, at))) return [text.slice(0, at), text.slice(at + 1)];
  throw usage("--env must be NAME=VALUE");
}

/** `8080:80`, `127.0.0.1:8080:80`; the port of this machine is 127.0.0.1's unless an address is named. */
function published(text: string): PublishedPort {
  const [, hostname = "127.0.0.1", port, boxPort] = /^(?:([\d.]+):)?(\d{1,5}):(\d{1,5})$/.exec(text) ?? [];
  const [from, to] = [Number(port), Number(boxPort)];
  const valid = [from, to].every((one) => one >= 1 && one <= 65_535);
  if (valid && from !== undefined) return { hostname, port: from, boxPort: to };
  throw usage(`-p is ${quoted(text)}, must be PORT:BOXPORT or ADDRESS:PORT:BOXPORT`);
}

function usage(why: string): UserError {
  return new UserError(`Cannot wrap the command: ${why}`, {
    hint: "stakpak warden wrap --help",
    exitCode: EXIT.usage,
  });
}
