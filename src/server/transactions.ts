import { storeError } from "./store_error.ts";

/** What of a connection transactions need. */
interface Connection {
  exec(sql: string): void;
  readonly isTransaction: boolean;
}

export interface Transactions {
  /** As `Database.transaction`. */
  transaction<T>(work: () => T): T;
  /** As `Database.afterCommit`. */
  afterCommit(work: () => void): void;
  /** Does `work`, which is a statement: nothing more is done in a transaction in which one has failed. */
  attempt<T>(work: () => T): T;
}

interface Transaction {
  failed?: { readonly error: unknown };
  readonly after: (() => void)[];
}

/** The transactions of a connection; `path` is the file that errors name. */
export function transactions(connection: Connection, path: string): Transactions {
  let open: Transaction | undefined;

  const attempt = <T>(work: () => T): T => {
    if (open?.failed) throw open.failed.error;
    try {
      return work();
    } catch (cause) {
      const error = storeError(cause, path);
      if (open) open.failed = { error };
      throw error;
    }
  };
  const whole = <T>(work: () => T): T => {
    attempt(() => connection.exec("BEGIN IMMEDIATE"));
    const transaction: Transaction = { after: [] };
    open = transaction;
    let result: T;
    try {
      result = work();
      attempt(() => connection.exec("COMMIT"));
    } finally {
      open = undefined;
      if (connection.isTransaction) connection.exec("ROLLBACK");
    }
    for (const told of transaction.after) told();
    return result;
  };
  const part = <T>(transaction: Transaction, work: () => T): T => {
    try {
      return work();
    } catch (error) {
      transaction.failed ??= { error };
      throw error;
    }
  };
  return {
    transaction: (work) => open ? part(open, work) : whole(work),
    afterCommit: (work) => open ? void open.after.push(work) : work(),
    attempt,
  };
}
