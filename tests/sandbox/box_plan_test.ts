import { deepEqual, equal } from "node:assert/strict";
import { boxPlan, type PlanParts } from "../../src/sandbox/box_plan.ts";
import { BOX_LIMITS } from "../../src/sandbox/run_argv.ts";
import { test } from "../sanitized.ts";

const PARTS: PlanParts = {
  name: "stakpak-1-2",
  session: "s1",
  instance: { id: "1", home: "h" },
  engine: { selinux: false },
  program: {
    mounts: [{ source: "/bin/stakpak", target: "/opt/stakpak/stakpak", access: "ro" }],
    command: ["/opt/stakpak/stakpak"],
  },
  settings: {
    image: "debian",
    account: { uid: 1000, gid: 1000 },
    limits: BOX_LIMITS,
    mounts: [{ source: "/w", target: "/workspace", access: "rw" }],
    warden: "builtin",
    binary: "self",
    egress: [],
    handedOn: { STAKPAK_PROFILE: "ops" },
    notes: [],
    sessionFolders: true,
  },
  folders: { in: "/run/1/2/in", out: "/run/1/2/out" },
  clientCaPem: "PEM",
};

test("boxPlan() gives a box our tools at its socket, and no variable but those that may cross", () => {
  const { command, env, mounts, workdir, labels } = boxPlan(PARTS);
  deepEqual(command, ["/opt/stakpak/stakpak", "mcp", "start"]);
  deepEqual(env, {
    STAKPAK_MCP_CLIENT_CA: "PEM",
    STAKPAK_MCP_SOCKET: "/run/stakpak/in/mcp.sock",
    STAKPAK_SKIP_WARDEN: "1",
    HTTP_PROXY: "http://127.0.0.1:3128",
    HTTPS_PROXY: "http://127.0.0.1:3128",
    NO_PROXY: "localhost,127.0.0.1,::1",
    STAKPAK_PROFILE: "ops",
  });
  deepEqual(mounts.filter(({ access }) => access === "rw").map(({ target }) => target), [
    "/workspace",
    "/run/stakpak/in",
  ]);
  equal(workdir, "/workspace");
  deepEqual(labels, { "stakpak.instance": "1", "stakpak.home": "h", "stakpak.session": "s1" });
});

test("boxPlan() starts the image's own tools behind a relay, as the seed does", () => {
  const { command, env } = boxPlan({ ...PARTS, settings: { ...PARTS.settings, binary: "image" } });
  deepEqual(command.slice(1), [
    ...["warden", "init", "--relay", "/run/stakpak/in/mcp.sock=8080", "--", "stakpak", "mcp", "start"],
  ]);
  equal(env.STAKPAK_MCP_PORT, "8080");
  equal(env.STAKPAK_MCP_SOCKET, undefined);
});

test("boxPlan() names no proxy where there is no way out, and keeps labels plain and short", () => {
  const settings = { ...PARTS.settings, warden: "none" } as const;
  const { env, labels } = boxPlan({
    ...PARTS,
    settings,
    session: `tab\t${"x".repeat(200)}`,
    labels: { mine: "1" },
  });
  equal("HTTP_PROXY" in env, false);
  equal(labels["stakpak.session"]!.length, 128);
  equal(labels["stakpak.session"]!.startsWith("tab\\u{9}"), true);
  equal(labels.mine, "1");
});
