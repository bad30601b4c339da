import assert from "node:assert/strict";
import { decodeEntities } from "../../src/mcp/html_entities.ts";
import { test } from "../sanitized.ts";

test("decodeEntities() knows names, numbers and accents", () => {
  assert.equal(decodeEntities("a &amp;&lt;b&gt; &quot;&#39;&#x20AC;&euro;&hellip;"), "a &<b> \"'€€…");
  assert.equal(decodeEntities("&eacute;&Uuml;&ntilde;&aring;"), "éÜñå");
  assert.equal(decodeEntities("&amp;lt;"), "&lt;");
});

test("decodeEntities() leaves what it does not know, and makes no broken text", () => {
  assert.equal(decodeEntities("a & b &nothing; &amp &constructor;"), "a & b &nothing; &amp &constructor;");
  assert.equal(decodeEntities("&#xD800;&#1114112;"), "\ufffd\ufffd");
});
