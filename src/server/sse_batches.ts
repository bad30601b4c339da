/**
 * The events of one session as bytes for those who follow it: each is read from the store and turned to text once, and
 * the bytes that several clients wait for are the same. Who is further behind gets pages of the store.
 *
 * @module
 */
import { eventFrame, gapFrame } from "./sse_frame.ts";
import type { Store } from "./store.ts";

export interface SseBatches {
  /** Takes in what is new in the store; answers whether there was anything. */
  readNew(): boolean;
  /** What comes behind `cursor`, or a part of it; `undefined`: nothing yet. What is not kept any more is told as a gap. */
  after(cursor: number): SseBatch | undefined;
}

export interface SseBatch {
  readonly bytes: Uint8Array;
  readonly events: number;
  /** The id of its last event. */
  readonly last: number;
}

interface Frame {
  readonly id: number;
  readonly text: string;
}

/** Events kept as text, for clients that are a little behind. */
const KEPT_FRAMES = 1_024;
const KEPT_CHARACTERS = 1024 * 1024;
/** Read from the store at once. */
const PAGE_EVENTS = 32;
/** Sent at once, unless one event is longer. */
const BATCH_CHARACTERS = 64 * 1024;
/** Most clients wait for the same. */
const KEPT_BATCHES = 8;

/** Begins at the newest event that there is. */
export function sseBatches(store: Store, sessionId: string): SseBatches {
  const encoder = new TextEncoder();
  const frames: Frame[] = [];
  const batches = new Map<number, SseBatch>();
  /** The one read last, for whoever is that far behind. */
  let page: Frame[] = [];
  let characters = 0;
  let { newest } = store.events.bounds(sessionId);

  const read = (after: number): Frame[] =>
    store.events.after(sessionId, after, PAGE_EVENTS).map((event) => ({
      id: event.id,
      text: eventFrame(event),
    }));
  const keep = (frame: Frame) => {
    // Without a hole, so that a place in the list is known by its id.
    if (frame.id !== newest + 1) characters = frames.length = 0;
    frames.push(frame);
    newest = frame.id;
    characters += frame.text.length;
    while (frames.length > KEPT_FRAMES || characters > KEPT_CHARACTERS && frames.length > 1) {
      characters -= frames.shift()!.text.length;
    }
  };
  const framesAfter = (cursor: number): { before: string; following: readonly Frame[] } => {
    const kept = behind(frames, cursor) ?? behind(page, cursor);
    if (kept) return { before: "", following: kept };
    page = read(cursor);
    const following = page;
    if (following[0]?.id === cursor + 1) return { before: "", following };
    const bounds = store.events.bounds(sessionId);
    return {
      before: gapFrame(cursor, bounds),
      following: following.length > 0 ? following : [{ id: bounds.newest, text: "" }],
    };
  };
  const batchAfter = (cursor: number): SseBatch => {
    const { before, following } = framesAfter(cursor);
    const { text, ...rest } = joined(before, following);
    return { bytes: encoder.encode(text), ...rest };
  };

  return {
    readNew() {
      const before = newest;
      for (let next = read(newest); next.length > 0; next = read(newest)) for (const one of next) keep(one);
      if (newest !== before) batches.clear();
      return newest !== before;
    },
    after(cursor) {
      if (cursor >= newest) return undefined;
      const batch = batches.get(cursor) ?? batchAfter(cursor);
      batches.delete(cursor);
      batches.set(cursor, batch);
      if (batches.size > KEPT_BATCHES) batches.delete(batches.keys().next().value!);
      return batch;
    },
  };
}

/** As many of `frames` as go into one batch, at least one. */
function joined(before: string, frames: readonly Frame[]): { text: string; events: number; last: number } {
  let text = before;
  let [events, last] = [0, 0];
  for (const frame of frames) {
    if (last !== 0 && text.length + frame.text.length > BATCH_CHARACTERS) break;
    text += frame.text;
    last = frame.id;
    // Of a gap that nothing follows.
    if (frame.text !== "") events++;
  }
  return { text, events, last };
}

/** Of frames without a hole those behind `cursor`; `undefined` where the next one is not among them. */
function behind(frames: readonly Frame[], cursor: number): readonly Frame[] | undefined {
  const [first] = frames;
  if (!first || cursor + 1 < first.id || cursor + 1 > first.id + frames.length - 1) return undefined;
  return frames.slice(cursor + 1 - first.id);
}
