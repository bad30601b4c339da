/**
 * The egress proxy's own code with a policy that forbids nothing: what holds it then is what its worker was granted.
 *
 * @module
 */
import { denoSockets } from "../../src/host/deno_sockets.ts";
import { workerPort } from "../../src/host/deno_worker.ts";
import { serveEgress } from "../../src/warden/egress_proxy.ts";

const port = workerPort();
port.listen((message) => {
  serveEgress({
    listener: denoSockets.listen({ socketPath: String(message) }),
    policy: { judge: () => undefined, judgeAddress: () => undefined, grants: [] },
    connect: (to, signal) => denoSockets.connect(to, signal),
    ours: () => Promise.resolve([]),
    tell: (event) => port.tell(event),
  });
  port.tell("listening");
});
port.tell("ready");
