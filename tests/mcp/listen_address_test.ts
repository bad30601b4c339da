import { deepEqual, rejects } from "node:assert/strict";
import { EXIT, UserError } from "../../src/domain/error.ts";
import { listenAddress } from "../../src/mcp/listen_address.ts";
import { fakeHost, type FakeMachine } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const at = (machine: FakeMachine) => listenAddress(fakeHost(machine));

test("listenAddress() is the socket where one is named, whatever the port", async () => {
  const socketPath = "/run/stakpak/in/mcp.sock";
  const files = { "/.dockerenv": "" };
  deepEqual(await at({ files, env: { STAKPAK_MCP_SOCKET: socketPath, STAKPAK_MCP_PORT: "8080" } }), {
    socketPath,
  });
});

test("listenAddress() is this machine alone, and everybody's only in a container", async () => {
  const env = { STAKPAK_MCP_PORT: "8080" };
  deepEqual(await at({ env }), { hostname: "127.0.0.1", port: 8080 });
  deepEqual(await at({ env, files: { "/.dockerenv": "" } }), { hostname: "0.0.0.0", port: 8080 });
  deepEqual(await at({ env, files: { "/run/.containerenv": "" } }), { hostname: "0.0.0.0", port: 8080 });
});

test("listenAddress() is a free port where nothing is named", async () => {
  deepEqual(await at({}), { hostname: "127.0.0.1", port: 0 });
  deepEqual(await at({ env: { STAKPAK_MCP_SOCKET: "", STAKPAK_MCP_PORT: "" } }), {
    hostname: "127.0.0.1",
    port: 0,
  });
});

test("listenAddress() refuses what cannot be an address, and repeats nothing that may be secret", async () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ STAKPAK_MCP_PORT: "0" }, /^Cannot listen on STAKPAK_MCP_PORT: it is "0", must be 1 to 65535$/],
    [{ STAKPAK_MCP_PORT: "65536" }, /it is "65536", must be 1 to 65535$/],
    [{ STAKPAK_MCP_PORT: "80 80" }, /it is "80 80", /],
    [{ STAKPAK_MCP_PORT: "0x50" }, /it is "0x50", /],
    [{ STAKPAK_MCP_PORT: "ghp_0123456789abcdefghij" }, /it is a text of 24 characters \(not shown\), /],
    [
      { STAKPAK_MCP_SOCKET: "mcp.sock" },
      /^Cannot listen on STAKPAK_MCP_SOCKET "mcp.sock": it does not start with \/$/,
    ],
    [{ STAKPAK_MCP_SOCKET: `/${"ü".repeat(60)}` }, /: it has 121 bytes, must have at most 107$/],
  ];
  for (const [env, message] of wrong) {
    await rejects(at({ env }), (error) => {
      return error instanceof UserError && message.test(error.message) && error.exitCode === EXIT.usage &&
        error.hint !== undefined;
    });
  }
});
