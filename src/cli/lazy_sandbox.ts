import type { SandboxSource, SandboxState } from "../sandbox/source.ts";

export interface LazySandbox extends AsyncDisposable {
  /** Opens it at the first call; after a failure the next call tries again. */
  source(): Promise<SandboxSource>;
  /** `undefined` where it was not opened, or could not be. */
  state(): SandboxState | undefined;
}

/** A sandbox that is opened when it is needed. */
export function lazySandbox(open: () => Promise<SandboxSource>): LazySandbox {
  let opening: Promise<SandboxSource> | undefined;
  let opened: SandboxSource | undefined;
  let ended = false;
  const begin = async () => {
    try {
      return opened = await open();
    } catch (error) {
      opening = undefined;
      throw error;
    }
  };
  return {
    source() {
      if (ended) return Promise.reject(new Error("Cannot use the sandbox: it was stopped"));
      return opening ??= begin();
    },
    state: () => opened?.state(),
    async [Symbol.asyncDispose]() {
      ended = true;
      // Whoever asked for it is told why it could not be opened.
      const source = await opening?.catch(() => undefined);
      await source?.[Symbol.asyncDispose]();
    },
  };
}
