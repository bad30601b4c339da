import { insideMount, insideWritableMount } from "../config/box_mounts.ts";
import { expandHome } from "../config/paths.ts";
import { quotedPath } from "../domain/printable.ts";
import { directoryOf } from "../host/path_text.ts";
import type { Probe, ProbeContext } from "./probe.ts";
import { looseRights } from "./loose_rights.ts";
import { secretFilesOf } from "./secret_files.ts";
import { usedMounts } from "./used_mounts.ts";

/** Whether anyone but this user, or a box, can read or replace what holds credentials. */
export const secretFileModes: Probe = {
  id: "secret_file_modes",
  title: "Secret file modes",
  category: "security",
  occasions: ["doctor"],
  async check(context) {
    const { host, paths } = context;
    if (host.os === "windows") return { status: "skip", summary: "Windows has no file modes" };
    const named = secretFilesOf(context).map((path) => expandHome(path, paths.home));
    const shared = await insideMounts(context, [paths.config, paths.autopilot, ...named]);
    if (shared.length > 0) {
      const fix = {
        summary: "Move these files out of what the box sees, such as into ~/.stakpak, and change the key",
      };
      return { status: "block", summary: "A box can reach a secret of this machine", details: shared, fix };
    }
    const own = [
      paths.state,
      directoryOf(paths.token),
      paths.logs,
      paths.config,
      paths.autopilot,
      paths.token,
    ];
    const found =
      (await Promise.all([...new Set([...own, ...named])].map((path) => looseRights(context, path))))
        .flat();
    if (found.length === 0) return { status: "pass", summary: "Only this user can read the secret files" };
    const details = found.map(({ line }) => line);
    const commands = found.flatMap(({ command }) => command ?? []);
    if (commands.length === 0) {
      const fix = { summary: "See where these paths lead and who may use them, and mend that" };
      return { status: "warn", summary: "Some secret files cannot be looked at", details, fix };
    }
    const fix = { summary: "Take the rights of others away", command: commands.join(" && ") };
    return { status: "warn", summary: "Others may read or change secret files", details, fix };
  },
};

async function insideMounts(context: ProbeContext, files: readonly string[]): Promise<string[]> {
  const mounts = await usedMounts(context);
  const lines = await Promise.all(files.map(async (path) => {
    const mount = await insideWritableMount(context.host, path, mounts) ??
      await insideMount(context.host, path, mounts);
    return mount
      ? [`${quotedPath(path)} is inside the mount ${quotedPath(mount.path)} (${mount.access})`]
      : [];
  }));
  return lines.flat();
}
