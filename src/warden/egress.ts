/**
 * The one way out of a box: a proxy behind a socket, and a policy that says where it leads.
 *
 * This file is the contract. The built-in proxy judges host, port and connected address; a finer policy (method,
 * path, credentials added at the door) is another `StartEgress`.
 *
 * @module
 */

/** What was asked of the proxy and what became of it; one line of `logs/egress.jsonl`. */
export interface EgressDecision {
  /** ISO 8601, UTC. */
  readonly time: string;
  /** The session whose box asked; for a shared box its name. */
  readonly session: string;
  /** As asked for: a name, or an address. */
  readonly host: string;
  readonly port: number;
  readonly verdict: "allowed" | "denied";
  /** Why not: `not listed`, `10.0.0.7 is a private address`. Absent when allowed. */
  readonly reason?: string;
  /** What went out and came back until it was closed. Denied: 0. */
  readonly bytesOut: number;
  readonly bytesIn: number;
}

export interface EgressOptions {
  /** Where to listen: `egress.sock` in a folder of ours that the box sees read-only. At most 90 bytes. */
  readonly socketPath: string;
  /** `github.com:443`, `*.example.org:443`, `10.1.0.0/16:5432`. None: nothing gets out. */
  readonly rules: readonly string[];
  readonly session: string;
  /** Who may connect; absent: our own account. */
  readonly account?: { readonly uid: number; readonly gid: number } | undefined;
  /** Told of every decision when its connection is closed, of a denial at once. */
  decided(decision: EgressDecision): void;
}

/** Disposing closes the socket and every tunnel. */
export interface Egress extends AsyncDisposable {
  /** Puts other rules in force: resolves when no tunnel is open any more that they forbid. */
  update(rules: readonly string[]): Promise<void>;
}

/** Resolves when the socket takes connections. */
export type StartEgress = (options: EgressOptions) => Promise<Egress>;
