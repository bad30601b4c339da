/**
 * What the SDK's client does not watch: an answer that ends without the response leaves its caller waiting for
 * ever, and the connection of a cancelled request stays open.
 *
 * @module
 */

/** As `fetch`, as far as the SDK's transport needs it. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

export interface WatchedFetch {
  readonly fetch: Fetch;
  /** Ends every request that is under way. */
  close(): void;
}

/**
 * `fetch`, with the requests of JSON-RPC in its bodies watched.
 *
 * @param onEnd told the id of a request whose answer has ended and been read, unless the server has said that it
 * can be resumed; the response may have been in it
 */
export function watchedFetch(fetch: Fetch, onEnd: (id: string | number) => void): WatchedFetch {
  const open = new Map<string | number, AbortController>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let closed = false;
  const send = async (id: string | number, url: string | URL, init: RequestInit): Promise<Response> => {
    const ending = new AbortController();
    open.set(id, ending);
    const close = () => void open.delete(id);
    try {
      const response = await fetch(url, { ...init, signal: ending.signal });
      const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
      if (!isStream || !response.body) return response;
      const body = watchedBody(response.body, (resumable) => {
        close();
        if (resumable || closed) return;
        // What has just been read is still on its way through the SDK's streams, which need no timer.
        const timer = setTimeout(() => {
          timers.delete(timer);
          onEnd(id);
        });
        timers.add(timer);
      });
      return new Response(body, response);
    } catch (error) {
      close();
      throw error;
    }
  };
  return {
    async fetch(url, init = {}) {
      const { method, id, params } = rpcIn(init.body);
      if (method === undefined) return await fetch(url, init);
      if (id !== undefined) return await send(id, url, init);
      const response = await fetch(url, init);
      if (method === "notifications/cancelled" && params?.requestId !== undefined) {
        open.get(params.requestId)?.abort();
        open.delete(params.requestId);
      }
      return response;
    },
    close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      for (const ending of open.values()) ending.abort();
      open.clear();
    },
  };
}

interface Rpc {
  readonly method?: string;
  readonly id?: string | number;
  readonly params?: { readonly requestId?: string | number };
}

/** Our own client wrote it, so it is what it looks like. */
function rpcIn(body: RequestInit["body"]): Rpc {
  return typeof body === "string" ? JSON.parse(body) : {};
}

function watchedBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  onEnd: (resumable: boolean) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  let resumable: boolean | undefined;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          // A server that can resume says so first, by an event with an id.
          resumable ??= /^id:/m.test(new TextDecoder().decode(value));
          return controller.enqueue(value);
        }
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      onEnd(resumable ?? false);
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
