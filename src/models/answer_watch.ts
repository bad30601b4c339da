import { GatewayBroken } from "./gateway.ts";

/** Ends an answer that is silent, or that takes too long. */
export interface AnswerWatch {
  /** Aborts with `outer`, with what is wrong ({@linkcode GatewayBroken}), or when the watch is ended. */
  readonly signal: AbortSignal;
  /** Something came. */
  heard(): void;
  /** Ends the request, where it is not over, and the waiting. May be called again. */
  end(): void;
}

/** How long an answer may be silent, and how long it may take, in milliseconds. */
export interface AnswerTimes {
  readonly silenceMs: number;
  readonly totalMs: number;
}

export function watchAnswer(outer: AbortSignal, { silenceMs, totalMs }: AnswerTimes): AnswerWatch {
  const own = new AbortController();
  const breaking = (why: string) => () => own.abort(new GatewayBroken(`The model's provider ${why}`));
  const total = setTimeout(breaking(`took longer than ${totalMs / 1_000} s`), totalMs);
  const listen = () => setTimeout(breaking(`said nothing for ${silenceMs / 1_000} s`), silenceMs);
  let silence = listen();
  const signal = AbortSignal.any([outer, own.signal]);
  const rest = () => {
    clearTimeout(silence);
    clearTimeout(total);
  };
  signal.addEventListener("abort", rest, { once: true });
  return {
    signal,
    heard() {
      clearTimeout(silence);
      if (!signal.aborted) silence = listen();
    },
    end: () => own.abort(new GatewayBroken("The answer is not wanted any more")),
  };
}
