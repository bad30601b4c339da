import { listenText } from "../config/listen.ts";
import type { ListenAnswer, OperatingSystem } from "../host/inspection.ts";
import { leftOut } from "./left_out.ts";
import { askServer } from "./our_server.ts";
import type { Fix, Probe } from "./probe.ts";

type Reason = Extract<ListenAnswer, { free: false }>["reason"];

/** `up` cannot succeed without its address, so there it blocks; a taken one that is ours is fine. */
export const bindPort: Probe = {
  id: "bind_port",
  title: "Bind port",
  category: "machine",
  occasions: ["startup", "doctor"],
  async check(context) {
    const { host, listen, occasion } = context;
    const unknown = leftOut(context, "server");
    if (unknown) return unknown;
    const address = listenText(listen);
    const answer = await host.canListen(listen.hostname, listen.port);
    if (answer.free) return { status: "pass", summary: `Bind address ${address} is available` };
    const status = occasion === "startup" ? "block" : "warn";
    if (answer.reason !== "in_use") return { status, ...unusable(answer.reason, address) };
    const server = await askServer(context);
    if (server.who === "ours") {
      return { status: "pass", summary: `Server is already reachable on ${address}` };
    }
    return {
      status,
      summary: `Port ${address} is already in use or unavailable`,
      ...(server.who === "other" ? { details: server.details } : {}),
      transient: true,
      fix: {
        summary: "Stop the existing process or choose another bind address",
        command: whoListens(host.os, listen.port),
      },
    };
  },
};

function unusable(reason: Exclude<Reason, "in_use">, address: string): { summary: string; fix: Fix } {
  const sample = 'set listen = "127.0.0.1:4096" under [server] in autopilot.toml';
  if (reason === "privileged") {
    return {
      summary: `Port ${address} is reserved for the administrator`,
      fix: { summary: `Choose a port from 1024 on: ${sample}` },
    };
  }
  if (reason === "not_local") {
    return {
      summary: `Address ${address} is not one of this machine`,
      fix: { summary: `Choose an address of this machine: ${sample}` },
    };
  }
  return { summary: `Address ${address} cannot be used`, fix: { summary: `Correct it: ${sample}` } };
}

/** Without sudo a process of another user has no name. */
function whoListens(os: OperatingSystem, port: number): string {
  if (os === "darwin") return `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`;
  return os === "windows" ? `Get-NetTCPConnection -LocalPort ${port}` : `sudo ss -ltnp 'sport = :${port}'`;
}
