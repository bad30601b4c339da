/**
 * What may stand in a request to a model, as data. A field that a shape does not name is left out; a kind of content
 * or tool that it does not name is refused: it could make the provider fetch an address, or act by itself.
 *
 * @module
 */
import type { Json } from "../domain/json.ts";
import { quoted } from "../domain/printable.ts";
import { GatewayRefused } from "./gateway.ts";

export type Shape =
  | { readonly kind: "any" }
  | { readonly kind: "plain" }
  | { readonly kind: "list"; readonly of: Shape }
  | { readonly kind: "fields"; readonly fields: Fields; readonly others: "left out" | "refused" }
  | { readonly kind: "tagged"; readonly tag: string; readonly kinds: Fields; readonly untagged?: Shape }
  | { readonly kind: "text"; readonly or: Shape };

type Fields = Readonly<Record<string, Shape>>;
type Table = Readonly<Record<string, Json>>;

/** As it is, whatever it is: what a model made, or is to read. */
export const any: Shape = { kind: "any" };
/** A text, a number, a truth value or null. */
export const plain: Shape = { kind: "plain" };
export const list = (of: Shape): Shape => ({ kind: "list", of });
/** An object; what it has beside these fields is left out. */
export const fields = (fields: Fields): Shape => ({ kind: "fields", fields, others: "left out" });
/** An object that has no other fields than these. */
export const only = (fields: Fields): Shape => ({ kind: "fields", fields, others: "refused" });
/** An object of one of several kinds, by the text in `tag`; `untagged` is that of one without. */
export const tagged = (tag: string, kinds: Fields, untagged?: Shape): Shape => ({
  kind: "tagged",
  tag,
  kinds,
  ...(untagged ? { untagged } : {}),
});
/** A text, or nothing, or what `or` says. */
export const textOr = (or: Shape): Shape => ({ kind: "text", or });

/** What of `value` fits `shape`. Throws {@linkcode GatewayRefused} that names the place. */
export function fit(value: Json, shape: Shape, at = "the body"): Json {
  switch (shape.kind) {
    case "any":
      return value;
    case "plain":
      if (typeof value !== "object" || value === null) return value;
      throw refused(at, "is a list or a table, must be a text or a number");
    case "text":
      return typeof value === "string" || value === null ? value : fit(value, shape.or, at);
    case "list":
      if (!Array.isArray(value)) throw refused(at, "must be a list");
      return value.map((element: Json, index) => fit(element, shape.of, `${at}[${index}]`));
    case "fields":
      return fitFields(value, shape, at);
    case "tagged":
      return fit(value, kindOf(value, shape, at), at);
  }
}

function fitFields(value: Json, { fields, others }: Shape & { kind: "fields" }, at: string): Json {
  const table = tableOf(value, at);
  const other = others === "refused" && Object.keys(table).find((key) => !Object.hasOwn(fields, key));
  if (other) throw refused(at, `has ${quoted(other)}, must not`);
  return Object.fromEntries(
    Object.entries(table).filter(([key]) => Object.hasOwn(fields, key)).map(([key, inner]) =>
      [key, fit(inner, fields[key]!, `${at}.${key}`)] as const
    ),
  );
}

function kindOf(value: Json, { tag, kinds, untagged }: Shape & { kind: "tagged" }, at: string): Shape {
  const name = tableOf(value, at)[tag];
  const shape = name === undefined ? untagged : Object.hasOwn(kinds, String(name)) && kinds[String(name)];
  if (shape) return shape;
  const is = name === undefined ? "is missing" : `is ${quoted(String(name))}`;
  throw refused(`${at}.${tag}`, `${is}, must be ${Object.keys(kinds).join(", ")}`);
}

function tableOf(value: Json, at: string): Table {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) return value as Table;
  throw refused(at, "must be an object");
}

function refused(at: string, why: string): GatewayRefused {
  return new GatewayRefused(`Cannot send that request to the model: ${at} ${why}`);
}
