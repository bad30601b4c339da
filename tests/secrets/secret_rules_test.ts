import { deepEqual, equal, ok } from "node:assert/strict";
import { PROVIDER_RULES, SECRET_RULES } from "../../src/secrets/secret_rules.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { test } from "../sanitized.ts";

test("there are 150 formats of providers and more, each rule named once", () => {
  ok(PROVIDER_RULES.length >= 150, `${PROVIDER_RULES.length} formats of providers`);
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

const CODE = "Fk3x9Zq7Rt2Lm9Xc4VbNw8Yp5Hs1Jd6Gv0Ke2Ub7Qi4Oa9Tz3Wr8Ml5Pn1Cx6Ab";

/** What a rule finds, and what only looks so, once for each text in which a rule was wrong. */
const TOLD_APART: readonly (readonly [secret: string, none: string])[] = [
  [
    `token EAAAE${CODE.slice(0, 59)}`,
    `x: mZi4PDx/EAAAAAABIi0wkIDnKSItEJGAPRMFIiUQkYIXAiVQkdHQSSItEJHhIi0wkYAHIO0Qk/HM`,
  ],
  [`EAA${CODE}${CODE}`, `Dx+EAA${CODE}${CODE}/+wg`],
  [
    `AAAAAAAAAAAAAAAAAAAA${CODE}`,
    `AAAAAAAAAAAAAAAAAAAAAAAAAAAngoAABIAAAAAAAAAAAAAAAAAAAAAAAAApQoAABIAAAAAAAAAAAAAAAAAAAAA`,
  ],
  [`AQE${CODE}ab==-${CODE.slice(0, 43)}=-k9;x2}%=qD`, `AQE${CODE}${CODE}`],
  [`cio${CODE.slice(0, 32)}`, `4e/cio${CODE.slice(0, 32)}/4e`],
  [`4b1d${CODE.slice(0, 38)}`, `4b1d${"0f3c9a7e51".repeat(6)}`],
  [`pa-${CODE.slice(0, 43)}`, `pa-wide-menu-of-the-whole-page-1-hidden-small`],
  [`sk-${CODE.slice(0, 40)}`, "sk-ssh-ed25519-cert-v01@openssh.com and z_sk-uZL7gL7phblmDUPxdapE1ZtoU"],
  [
    `re_${CODE.slice(0, 8)}_${CODE.slice(8, 32)}`,
    "Consider_explicitly_re_exporting_to_resolve_the_ambiguity_2308",
  ],
  [`${CODE.slice(0, 33)}+ASb${CODE.slice(0, 6)}=`, `${CODE.slice(0, 50)}+ASb${CODE.slice(0, 22)}`],
  [`SECRET: ${CODE}`, `checksum/secret: ${"0f3c9a7e51".repeat(6)}`],
  [`secret:${CODE}`, "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/App1DatabaseX7-a1B2c3"],
  [`set("password", "scram-sha-256")`, `"md5", "password", "scram-sha-256"`],
  [`login ada password hunter2`.replace(/^/, "machine a "), "machine a login ada password {self.password}"],
  [
    `-----BEGIN PRIVATE KEY-----\n${CODE}\n-----END PRIVATE KEY-----`,
    `"-----BEGIN PRIVATE KEY-----" + x + "-----END PRIVATE KEY-----"`,
  ],
];

test("rules leave what only looks like a secret: base64 of binaries, names, patterns, code", () => {
  for (const [secret, none] of TOLD_APART) {
    equal(new Redactor().find(secret).length, 1, secret);
    deepEqual(new Redactor().find(none).map(({ rule }) => rule), [], none);
  }
});
