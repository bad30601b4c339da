import type { SessionTools } from "./session_tools.ts";

/** Of a run that can talk, and that is all. `why` goes on after "There are no tools: ", where nobody else says it. */
export function noTools(why?: string): SessionTools {
  return {
    place: "none",
    isOurs: () => false,
    onlyLooks: () => false,
    notes: () => why === undefined ? [] : [`There are no tools: ${why}`],
    list: () => Promise.resolve([]),
    call: ({ id, name }) =>
      Promise.resolve({
        callId: id,
        text: `NO_SUCH_TOOL\n${name} is not there: there are no tools`,
        isError: true,
      }),
    workspace: () => Promise.resolve([]),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
