/**
 * Whoever ends right after it has answered is still heard: its last bytes are in the system's hands, and its end
 * comes behind them.
 *
 * @module
 */
import type { Connection } from "../host/sockets.ts";

/** How long they may take, to somebody who reads slowly. */
const LAST_WORDS_MS = 5_000;

/** Connections whose other ends are about to end. */
export interface LastWords {
  /** As `connection`, which is to be read from then on; what is read is passed on before the next is. */
  from(connection: Connection): Connection;
  /** Resolves when all of them have said all they will, or after a while. */
  heard(): Promise<void>;
}

export function lastWords(): LastWords {
  const speaking = new Set<Promise<void>>();
  return {
    from(connection) {
      const over = Promise.withResolvers<void>();
      const end = () => {
        speaking.delete(over.promise);
        over.resolve();
      };
      speaking.add(over.promise);
      return {
        ...connection,
        async read(buffer) {
          try {
            const length = await connection.read(buffer);
            if (length === null) end();
            return length;
          } catch (error) {
            end();
            throw error;
          }
        },
        close() {
          end();
          connection.close();
        },
      };
    },
    async heard() {
      const late = Promise.withResolvers<void>();
      const timer = setTimeout(late.resolve, LAST_WORDS_MS);
      await Promise.race([Promise.all(speaking), late.promise]);
      clearTimeout(timer);
    },
  };
}
