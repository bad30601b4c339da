import type { FileStatus } from "./inspection.ts";

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** What is to be done with a file, or in a folder. */
export type Access = "read" | "write" | "execute";

const BIT: Readonly<Record<Access, number>> = { read: 0o4, write: 0o2, execute: 0o1 };

/**
 * Whether the mode of a file lets `account` do all of `wanted`, judged as the kernel does for an account without
 * further groups and without privileges. `true` where there are no modes (Windows).
 */
export function mayAccess(status: FileStatus, account: Account, wanted: readonly Access[]): boolean {
  if (status.mode === undefined) return true;
  const shift = status.uid === account.uid ? 6 : status.gid === account.gid ? 3 : 0;
  return wanted.every((access) => (status.mode! >> shift & BIT[access]) !== 0);
}
