/**
 * Whether an answer is one that the OpenAPI document promises: judged by the document alone, as a client's generator
 * would read it. A field that it does not name is a fault.
 *
 * @module
 */
import { ok } from "node:assert/strict";
import * as z from "zod";

// deno-lint-ignore no-explicit-any -- a document of any shape
type Json = any;

export interface Answered {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
}

export interface Contract {
  readonly document: Json;
  /** Fails where the answer is not documented. */
  check(answered: Answered): void;
}

export function contractOf(document: Json): Contract {
  const routes = Object.entries(document.paths as Record<string, Json>).map(([path, operations]) => ({
    path,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`),
    operations,
  }));
  const definitions = closed(document.components.schemas);
  const schemas = new Map<Json, z.ZodType>();
  const schemaOf = (schema: Json): z.ZodType => {
    const known = schemas.get(schema);
    if (known) return known;
    const made = z.fromJSONSchema({ ...localized(closed(schema)), $defs: localized(definitions) });
    schemas.set(schema, made);
    return made;
  };
  return {
    document,
    check({ method, path, status, contentType, text }) {
      // A path without parameters goes before one that fits by them.
      const route = routes.find((one) => one.path === path) ?? routes.find((one) => one.pattern.test(path));
      const operation = route?.operations[method.toLowerCase()];
      // Nothing is documented of a path or method that is not there.
      if (!operation) return;
      const said = `${method} ${route!.path} ${status}: ${text.slice(0, 300)}`;
      const response = operation.responses[String(status)];
      ok(response, `${said}: this status is not documented`);
      if (!response.content) return ok(text === "", `${said}: no body is documented`);
      const [type, content] = Object.entries(response.content as Record<string, Json>)[0]!;
      ok(contentType.startsWith(type), `${said}: the content-type is ${contentType}, documented is ${type}`);
      if (type !== "application/json") return;
      const judged = schemaOf(content.schema).safeParse(JSON.parse(text));
      ok(judged.success, `${said}: ${judged.error?.message}`);
    },
  };
}

/** Objects take no fields but those that are named. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed);
  if (schema === null || typeof schema !== "object") return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const open = inner.type === "object" && inner.properties && !inner.allOf &&
    !("additionalProperties" in inner);
  return open ? { ...inner, additionalProperties: false } : inner;
}

function localized(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", "#/$defs/"));
}
