import { type ListedMount, listedMounts } from "../config/box_mounts.ts";
import type { Profile } from "../config/config_schema.ts";
import { judgeMount, type MountVerdict } from "../config/mounts.ts";
import { keyText } from "../config/problem.ts";
import { tryResolveProfile } from "../config/resolve_profile.ts";
import { usedProfiles } from "../config/used_profiles.ts";
import { UserError } from "../domain/error.ts";
import { quotedPath } from "../domain/printable.ts";
import { type BoxSharing, boxSharing } from "./box_sharing.ts";
import type { Probe, ProbeContext, ProbeResult } from "./probe.ts";
import { usedMounts } from "./used_mounts.ts";

/** What would be mounted into the box, judged before it is: nothing is opened, and no mode is loosened. */
export const sandboxMountInputs: Probe = {
  id: "sandbox_mount_inputs",
  title: "Sandbox mount inputs",
  category: "security",
  occasions: ["doctor"],
  needs: ["config_files"],
  async check(context) {
    const { host, paths, autopilot } = context;
    const mounts = await usedMounts(context);
    const writable = mounts.filter(({ access }) => access === "rw").map(({ path }) => path);
    const rules = { paths, user: autopilot.value.sandbox?.user, writable };
    const found: Found = [[], [], []];
    const [refused, warned, skipped] = found;
    const listed = listedMounts(autopilot.value, profilesInUse(context), paths);
    for (const entry of listed) {
      const verdict: MountVerdict = entry.mount
        ? await judgeMount(host, rules, entry.mount)
        : { verdict: "refuse", reason: "no mount, must be HOST:CONTAINER or HOST:CONTAINER:ro" };
      const line = (reason: string) => `${keyText(entry.path)}: ${nameOf(entry)} is ${reason}`;
      if (verdict.verdict === "refuse") refused.push(line(verdict.reason));
      // The workspace is made at the first start.
      if (verdict.verdict === "skip" && entry !== listed[0]) skipped.push(line(verdict.reason));
      if (verdict.verdict !== "mount") continue;
      if (verdict.holds) warned.push(line(`readable in the box, read-only: it holds ${verdict.holds}`));
      if (verdict.unusable) warned.push(line(verdict.unusable));
    }
    return result(listed.length, found, boxSharing(context));
  },
};

type Found = readonly [refused: string[], warned: string[], skipped: string[]];

function result(count: number, [refused, warned, skipped]: Found, sharing: BoxSharing): ProbeResult {
  const details = [...refused, ...warned, ...skipped, ...sharing.warned, ...sharing.noted];
  if (refused.length > 0) {
    const fix = { summary: "Remove these mounts, or list a narrower folder" };
    return { status: "block", summary: `${refused.length} sandbox mount(s) must not be made`, details, fix };
  }
  if (warned.length > 0) {
    const fix = {
      summary:
        "Remove what the agent does not need; give it copies without secrets. Do not loosen modes of secrets",
    };
    return { status: "warn", summary: `${warned.length} sandbox mount(s) need a look`, details, fix };
  }
  if (sharing.warned.length > 0) {
    const fix = {
      summary:
        'Give each session a box of its own: sandbox_mode = "ephemeral" under [server] in autopilot.toml',
    };
    return { status: "warn", summary: "Profiles share one sandbox", details, fix };
  }
  const summary = count === 1 ? "Only the workspace is mounted" : "Sandbox mounts look usable";
  return { status: "pass", summary, ...(details.length > 0 ? { details } : {}) };
}

function nameOf({ mount, text }: ListedMount): string {
  return quotedPath(mount?.host ?? text);
}

function profilesInUse({ config, autopilot, profile }: ProbeContext): Record<string, Profile> {
  const names = [...usedProfiles(autopilot.value, profile).keys()];
  const resolved = names.map((name) => tryResolveProfile(config, name));
  return Object.fromEntries(
    resolved.flatMap((found) => found instanceof UserError ? [] : [[found.name, found.profile]]),
  );
}
