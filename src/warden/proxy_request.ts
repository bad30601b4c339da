/**
 * The head of a request to the proxy. Pure: a text in, its meaning out.
 *
 * Two programs that read one head differently are how a request is smuggled past the one that judges. So what is
 * not written in the one plain way is refused, and what goes on is written anew.
 *
 * @module
 */
import { addressBits } from "../domain/address_class.ts";
import { isHostName } from "../domain/egress_rule.ts";

export type RequestBody =
  | { readonly kind: "length"; readonly bytes: number }
  | { readonly kind: "chunked" };

export type ProxyRequest =
  | { readonly kind: "tunnel"; readonly host: string; readonly port: number }
  | {
    readonly kind: "request";
    readonly host: string;
    readonly port: number;
    /** As it goes on: to the host that was judged, and the last one on its connection. */
    readonly head: string;
    readonly body: RequestBody;
  };

const REQUEST_LINE = /^([A-Z]{1,20}) ([\x21-\x7e]{1,8192}) HTTP\/1\.([01])$/;
const FIELD = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*$/;
const MAX_FIELDS = 100;
/** Meant for us, or for one connection: RFC 9110 §7.6.1. `TE` and `Upgrade` ask for what is not passed on. */
const OURS: readonly string[] = [
  "connection",
  "proxy-connection",
  "proxy-authorization",
  "proxy-authenticate",
  "keep-alive",
  "te",
  "trailer",
  "upgrade",
  "host",
  "content-length",
  "transfer-encoding",
];

/** What `head` (up to and with its empty line, one character a byte) asks for, or why it is refused. */
export function parseProxyRequest(head: string): ProxyRequest | string {
  const [first = "", ...lines] = head.slice(0, -4).split("\r\n");
  const [, method, target, minor] = REQUEST_LINE.exec(first) ?? [];
  if (method === undefined || target === undefined) return "its first line is not HTTP/1.1";
  if (method === "CONNECT") {
    const to = authority(target, undefined);
    return to ? { kind: "tunnel", ...to } : "CONNECT must name HOST:PORT";
  }
  const [, place, path] = /^http:\/\/([^/?#@]+)([/?][^#]*)?$/i.exec(target) ?? [];
  const to = place === undefined ? undefined : authority(place, 80);
  if (!to) return "this is a proxy: it takes CONNECT, or a whole http:// address";
  const fields = fieldsOf(lines);
  if (typeof fields === "string") return fields;
  const body = bodyOf(fields, minor === "1");
  if (typeof body === "string") return body;
  const line = `${method} ${path?.startsWith("/") ? path : `/${path ?? ""}`} HTTP/1.1`;
  return { kind: "request", ...to, head: headFor(line, to, fields, body), body };
}

type Field = readonly [name: string, value: string];
interface Authority {
  readonly host: string;
  readonly port: number;
}

/** In lower case, without the dot at the end of a name and the brackets of an address. */
function authority(text: string, usual: number | undefined): Authority | undefined {
  const [, v6, plain, digits] = /^(?:\[([0-9a-f:.]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const host = (v6 ?? plain ?? "").toLowerCase().replace(/(?<=[^.])\.$/, "");
  const port = digits === undefined ? usual : Number(digits);
  if (port === undefined || port < 1 || port > 65_535) return undefined;
  const isAddress = addressBits(host) !== undefined && (v6 !== undefined) === host.includes(":");
  return isAddress || v6 === undefined && isHostName(host) ? { host, port } : undefined;
}

/** `github.com:443`, `[::1]:80` */
export function hostAndPort({ host, port }: Authority): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function fieldsOf(lines: readonly string[]): Field[] | string {
  if (lines.length > MAX_FIELDS) return `it has more than ${MAX_FIELDS} fields`;
  const fields: Field[] = [];
  for (const line of lines) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name === undefined || value === undefined) return "a field of it is not well formed";
    fields.push([name, value]);
  }
  return fields;
}

function bodyOf(fields: readonly Field[], isCurrent: boolean): RequestBody | string {
  const [lengths, codings] = ["content-length", "transfer-encoding"].map((wanted) =>
    fields.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
  ) as [string[], string[]];
  if (lengths.length > 1 || codings.length > 1 || lengths.length + codings.length > 1) {
    return "it says more than once where it ends";
  }
  const [coding] = codings;
  if (coding !== undefined) {
    return isCurrent && coding.toLowerCase() === "chunked"
      ? { kind: "chunked" }
      : "its transfer-encoding is not chunked";
  }
  const [length = "0"] = lengths;
  if (!/^\d{1,15}$/.test(length)) return "its content-length is no number";
  return { kind: "length", bytes: Number(length) };
}

function headFor(line: string, to: Authority, fields: readonly Field[], body: RequestBody): string {
  // What `Connection` names is for one connection, too.
  const named = fields.filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.toLowerCase().split(",").map((part) => part.trim()));
  const kept = fields.filter(([name]) =>
    !OURS.includes(name.toLowerCase()) && !named.includes(name.toLowerCase())
  );
  const length = fields.find(([name]) => name.toLowerCase() === "content-length")?.[1];
  return [
    line,
    `Host: ${to.port === 80 ? hostAndPort(to).slice(0, -3) : hostAndPort(to)}`,
    ...kept.map(([name, value]) => `${name}: ${value}`),
    ...(body.kind === "chunked"
      ? ["Transfer-Encoding: chunked"]
      : length === undefined
      ? []
      : [`Content-Length: ${body.bytes}`]),
    "Connection: close",
    "\r\n",
  ].join("\r\n");
}
