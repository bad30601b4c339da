import type { SessionTools } from "./session_tools.ts";

/** A session without a sandbox: it can talk, and that is all. */
export function noTools(): SessionTools {
  return {
    place: "none",
    isOurs: () => false,
    onlyLooks: () => false,
    notes: () => ["There are no tools: this session has no sandbox"],
    list: () => Promise.resolve([]),
    call: ({ id, name }) =>
      Promise.resolve({
        callId: id,
        text: `NO_SUCH_TOOL\n${name} is not there: this session has no tools`,
        isError: true,
      }),
    workspace: () => Promise.resolve([]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
