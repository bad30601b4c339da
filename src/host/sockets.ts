/**
 * Connections as they come, byte by byte: for what passes on what it does not understand.
 *
 * @module
 */

/** A unix socket, or a TCP address; port 0 is a free one where it is listened on. */
export type SocketAddress =
  | { readonly socketPath: string }
  | { readonly hostname: string; readonly port: number };

export interface Connection {
  /** The IP addresses of both ends; empty on a unix socket. */
  readonly local: string;
  readonly remote: string;
  /** How many bytes came into `buffer`; `null` once the other end has said that no more will. Rejects once closed. */
  read(buffer: Uint8Array): Promise<number | null>;
  /** Resolves when all of `bytes` is handed over, so that who waits for it holds no more than that. */
  write(bytes: Uint8Array): Promise<void>;
  /** Says that no more will be written. What the other end says still comes. */
  endWriting(): Promise<void>;
  /** Ends it at once, both ways. May be called again. */
  close(): void;
}

/** Gives the connections that come until it is closed. */
export interface Listener extends AsyncIterable<Connection> {
  /** The port found; 0 for a unix socket. */
  readonly port: number;
  close(): void;
}

export interface Sockets {
  /** Throws where that is not possible. */
  listen(at: SocketAddress): Listener;
  /**
   * By name where `hostname` is one, so that a grant by name is what is asked for. Rejects with
   * {@linkcode NotGranted}, with the signal's reason, or with what the system says.
   */
  connect(to: SocketAddress, signal?: AbortSignal): Promise<Connection>;
}

/** This process, or this worker, has no right to connect there. */
export class NotGranted extends Error {
  override readonly name = "NotGranted";
}
