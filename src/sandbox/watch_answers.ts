import { MONITOR_LIMITS } from "./observe.ts";
import { pause } from "./pause.ts";
import { pingBox } from "./ping_box.ts";
import type { UsedBox } from "./used_box.ts";

/**
 * Asks a box now and then, as long as somebody waits for it, until it ends. Resolves to what is wrong once it has
 * failed to answer three times in a row: a command in it may have stopped its tools, and a call would wait for an hour.
 */
export async function watchAnswers(used: UsedBox): Promise<string | undefined> {
  let failures = 0;
  for (;;) {
    await pause(MONITOR_LIMITS.checkEveryMs, used.ended);
    const error = used.users === 0 ? undefined : await pingBox(used.box, used.ended);
    if (used.ended.aborted) return undefined;
    failures = error === undefined ? 0 : failures + 1;
    if (failures === MONITOR_LIMITS.failures) return error;
  }
}
