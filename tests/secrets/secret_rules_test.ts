import { deepEqual, ok } from "node:assert/strict";
import { SECRET_RULES } from "../../src/secrets/secret_rules.ts";
import { TEXT_RULES } from "../../src/secrets/text_rules.ts";
import { LOGIN_RULES } from "../../src/secrets/login_rules.ts";
import { ASSIGNED_RULES } from "../../src/secrets/assigned_rules.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { test } from "../sanitized.ts";

test("there are 150 formats of providers and more, each rule named once", () => {
  const ofProviders = SECRET_RULES.length - TEXT_RULES.length - LOGIN_RULES.length - ASSIGNED_RULES.length;
  ok(ofProviders >= 150, `${ofProviders} formats of providers`);
  const ids = SECRET_RULES.map(({ id }) => id);
  deepEqual(ids.filter((id, index) => ids.indexOf(id) !== index), []);
  deepEqual(ids.filter((id) => !/^[a-z0-9-]{1,40}$/.test(id)), []);
});

test("every rule says where its format is documented, and tries its pattern at one place", () => {
  deepEqual(SECRET_RULES.filter(({ source }) => !URL.canParse(source)).map(({ id }) => id), []);
  deepEqual(SECRET_RULES.filter(({ pattern }) => !pattern.sticky || pattern.global).map(({ id }) => id), []);
});

test("every rule finds its own example, and names it", () => {
  const found = SECRET_RULES.map(({ id, example }) => ({
    id,
    rules: new Redactor().find(example).map(({ rule }) => rule),
  }));
  deepEqual(found.filter(({ id, rules }) => !rules.includes(id)), []);
});
