import type { Database } from "./database.ts";

/** What each table is made of. */
export interface TableParts {
  readonly database: Database;
  /** ISO 8601 in UTC. */
  now(): string;
  /** Something about that session was written: who watches it is told once it is on disk. */
  touched(sessionId: string): void;
}
