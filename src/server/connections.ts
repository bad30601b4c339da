import type http from "node:http";

type Socket = http.IncomingMessage["socket"];

export interface Connections {
  /** Ends those on which nothing is under way, and every other when its answer is out; after `ms` all. */
  end(ms: number): Promise<void>;
}

/** Those of `server`, from now on. */
export function connectionsOf(server: http.Server): Connections {
  const open = new Map<Socket, { answers: number }>();
  let ending = false;
  server.on("connection", (socket: Socket) => {
    open.set(socket, { answers: 0 });
    socket.once("close", () => open.delete(socket));
  });
  server.prependListener("request", ({ socket }, response) => {
    const state = open.get(socket);
    if (!state) return;
    state.answers++;
    response.once("close", () => {
      state.answers--;
      if (ending && state.answers === 0) socket.end();
    });
  });
  return {
    async end(ms) {
      ending = true;
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const [socket, { answers }] of open) if (answers === 0) socket.destroy();
      const late = setTimeout(() => server.closeAllConnections(), ms);
      await promise;
      clearTimeout(late);
    },
  };
}
