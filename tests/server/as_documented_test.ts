import { throws } from "node:assert/strict";
import { test } from "../sanitized.ts";
import { contractOf } from "./as_documented.ts";

const contract = contractOf({
  components: {
    schemas: {
      Thing: { type: "object", properties: { id: { type: "string", format: "uuid" } }, required: ["id"] },
    },
  },
  paths: {
    "/things/{id}": {
      get: {
        responses: {
          200: { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
          204: {},
        },
      },
    },
  },
});
const answer = {
  method: "GET",
  path: "/things/1",
  status: 200,
  contentType: "application/json",
  text: '{"id":"66e02733-a208-4a18-96df-777f44ed3c67"}',
};

test("an answer as documented passes, and so does what no document can tell of", () => {
  contract.check(answer);
  contract.check({ ...answer, status: 204, text: "" });
  contract.check({ ...answer, path: "/nothing", status: 404 });
});

test("another status, type, body or field than documented fails", () => {
  throws(() => contract.check({ ...answer, status: 201 }), /this status is not documented/);
  throws(() => contract.check({ ...answer, contentType: "text/plain" }), /the content-type is text\/plain/);
  throws(() => contract.check({ ...answer, text: '{"id":"1"}' }), /id/);
  throws(() => contract.check({ ...answer, text: "{}" }), /id/);
  throws(() => contract.check({ ...answer, text: answer.text.replace("{", '{"more":1,') }), /more/);
  throws(() => contract.check({ ...answer, status: 204 }), /no body is documented/);
});
