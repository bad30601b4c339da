import { deepEqual, ok } from "node:assert/strict";
import { formsOf } from "../../src/secrets/value_forms.ts";
import { test } from "../sanitized.ts";

const VALUE = `pa"ss/wörd '1' %`;
const forms = formsOf(VALUE).map(({ text }) => text);

test("formsOf() has the value as JSON, URLs, hex, shell and YAML write it", () => {
  const wanted = [
    VALUE,
    JSON.stringify(VALUE).slice(1, -1),
    encodeURIComponent(VALUE),
    encodeURIComponent(VALUE).replaceAll("%20", "+"),
    `pa"ss/wörd ''1'' %`,
    "70612273732f77c3b67264202731272025",
    "70612273732F77C3B67264202731272025",
  ];
  deepEqual(wanted.filter((form) => !forms.includes(form)), []);
});

test("formsOf() has what base64 makes of it behind one, two or three other bytes", () => {
  for (const before of ["", "a", "ab", "abc", "abcd"]) {
    const bytes = new TextEncoder().encode(`${before}${VALUE}behind`);
    for (const alphabet of ["base64", "base64url"] as const) {
      const text = bytes.toBase64({ alphabet });
      ok(formsOf(VALUE).some((form) => text.includes(form.text)), `${before} ${alphabet}`);
    }
  }
});

test("formsOf() takes text that is not well-formed", () => ok(formsOf("\ud800abcdefgh").length > 0));
