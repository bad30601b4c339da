import type { Inspection } from "../host/inspection.ts";
import { isInside } from "../host/path_text.ts";
import { pathEnd } from "../host/walk_path.ts";
import type { StatePaths } from "./paths.ts";

interface Forbidden {
  readonly path: string;
  /** Completes "is …". */
  readonly what: string;
  /** Whether what lies under it is forbidden too. What lies above it always is. */
  readonly whole: boolean;
}

/** Show every process of the host, its devices or its kernel. Deno refuses to look at them, so they are only compared. */
const KERNEL_FOLDERS = ["/proc", "/sys", "/dev"];

/** Whoever reaches one of them is root on the host. `docker.sock` is forbidden anywhere. */
const ENGINE_SOCKETS = [
  "/var/run/docker.sock",
  "/run/docker.sock",
  "/run/containerd/containerd.sock",
  "/run/podman/podman.sock",
  "/run/crio/crio.sock",
];

/** Why a box may never see `end` (a path without links): completes "is …". `undefined` when it may. */
export async function forbiddenMount(
  host: Inspection,
  paths: StatePaths,
  end: string,
): Promise<string | undefined> {
  if (end === "/" || /^[A-Za-z]:\/$/.test(end)) return "the root folder";
  if (/(^|\/)docker\.sock$/.test(end)) return "a docker socket";
  const kernel = KERNEL_FOLDERS.find((folder) => isInside(end, folder));
  if (kernel) return end === kernel ? kernel : `inside ${kernel}`;
  for (const { path, what, whole } of forbidden(host, paths)) {
    const place = await pathEnd(host, path);
    if (end === place) return what;
    if (isInside(place, end)) return `a folder that holds ${what}`;
    if (whole && isInside(end, place) && !isInside(end, await pathEnd(host, paths.workspace))) {
      return `inside ${what}`;
    }
  }
  return undefined;
}

function forbidden(host: Inspection, paths: StatePaths): Forbidden[] {
  const runtime = host.env("XDG_RUNTIME_DIR");
  const engine = /^unix:\/\/(\/.*)$/.exec(host.env("DOCKER_HOST") ?? "")?.[1];
  const sockets = [
    ...ENGINE_SOCKETS,
    ...(runtime ? [`${runtime}/docker.sock`, `${runtime}/podman/podman.sock`] : []),
    ...(engine ? [engine] : []),
    `${paths.home}/.docker/run/docker.sock`,
  ];
  const boxes = [host.env("STAKPAK_RUN_DIR"), runtime && `${runtime}/stakpak`];
  return [
    { path: paths.home, what: "your home folder", whole: false },
    { path: paths.state, what: "the state folder", whole: true },
    ...sockets.map((path) => ({ path, what: "a docker socket", whole: false })),
    ...boxes.filter((path) => path !== undefined).map((path) => ({
      path,
      what: "the folder of the boxes' sockets",
      whole: true,
    })),
  ];
}
