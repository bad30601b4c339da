/**
 * What requests and answers of several routes are made of. Each shape is one zod schema: it validates, and the OpenAPI
 * document is generated from it. An `id` in its metadata gives it a name there.
 *
 * @module
 */
import * as z from "zod";
import { nearest } from "../domain/nearest.ts";
import { quotedName } from "../domain/printable.ts";
import { API_CODES, type ApiCodeName } from "./api_codes.ts";

/** A failure, whatever it is. */
export const errorBody = z.object({
  error: z.string().meta({ description: "What went wrong, for people." }),
  code: z.enum(Object.keys(API_CODES) as [ApiCodeName, ...ApiCodeName[]]),
  request_id: z.string().meta({
    description: "As in the header `x-request-id` and in the log: `req_` and 32 hex digits.",
  }),
  hint: z.string().optional().meta({ description: "What to do about it. New." }),
}).meta({ id: "Error" });

export const uuid = z.uuid("must be a UUID").toLowerCase();
export const dateTime = z.iso.datetime().meta({ description: "UTC." });

export const sessionId = z.strictObject({
  id: uuid.meta({ param: { name: "id", in: "path" }, description: "The session." }),
});

/** The body of a request: a field that is not there is refused, with the nearest one that is. */
export function bodyOf<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, { error: (issue) => unknownField(issue, "field", Object.keys(shape)) });
}

/** The query of a request, as {@linkcode bodyOf}. */
export function queryOf<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) => unknownField(issue, "query parameter", Object.keys(shape)),
  });
}

function unknownField(
  issue: z.core.$ZodRawIssue,
  what: string,
  known: readonly string[],
): string | undefined {
  if (issue.code !== "unrecognized_keys") return undefined;
  const [key = ""] = issue.keys as string[];
  const guess = nearest(key, known);
  return `unknown ${what} ${quotedName(key)}${guess ? `: did you mean "${guess}"?` : ""}`;
}

function wholeNumber(low: number, high: number): z.ZodCoercedNumber {
  const wanted = `must be a whole number from ${low} to ${high}`;
  // What is generated would take null, since that coerces to 0.
  return z.coerce.number(wanted).int(wanted).min(low, wanted).max(high, wanted).meta({ type: "integer" });
}

/** Which part of a list is wanted. */
export const pageQuery = {
  limit: wholeNumber(1, 1_000).default(100).meta({ description: "At most so many." }),
  offset: wholeNumber(0, 1_000_000_000).default(0).meta({ description: "How many to leave out before." }),
};

export const total = z.int().min(0).meta({ description: "How many there are in all." });

/** What a JSON body of that shape is, in the OpenAPI document. */
export function json<Schema extends z.ZodType>(schema: Schema): { "application/json": { schema: Schema } } {
  return { "application/json": { schema } };
}

/** The body of a request that has to have one. */
export function jsonBody<Schema extends z.ZodType>(
  schema: Schema,
): { required: true; content: { "application/json": { schema: Schema } } } {
  return { required: true, content: json(schema) };
}
