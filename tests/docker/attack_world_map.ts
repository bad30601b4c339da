/**
 * Where the names of `attack_world.ts` lead, and how it is asked.
 *
 * @module
 */

export interface WorldQuestion {
  readonly home: string;
  readonly egress: readonly string[];
  readonly commands: readonly string[];
}

export interface WorldAnswer {
  /** What each command said. */
  readonly answers: readonly string[];
  /** `denied HOST:PORT REASON` */
  readonly decisions: readonly string[];
  /** Connections that were made to where nobody may. */
  readonly heard: readonly { readonly at: string; readonly said: string }[];
}

/** Those with a certificate, in a namespace at the other end of a cable. */
export const SERVED: readonly string[] = ["allowed.example", "six.example", "lan.example"];

export const NAMES: Readonly<Record<string, string>> = {
  "allowed.example": "93.184.216.34",
  "other.example": "93.184.216.34",
  "six.example": "2600:1f18::2",
  "lan.example": "10.77.0.2",
  "metadata.example": "169.254.169.254",
  // This host's own.
  "loopback.example": "127.0.0.1",
  "loopback6.example": "::1",
  "any.example": "0.0.0.0",
  "bridge.example": "172.17.0.1",
  "outside.example": "93.184.216.1",
  "outside6.example": "2600:1f18::1",
};
