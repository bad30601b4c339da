import { deepEqual, doesNotMatch, equal, match } from "node:assert/strict";
import { addListedSecrets, addReferencedSecrets } from "../../src/secrets/configured_secrets.ts";
import { formsOf } from "../../src/secrets/value_forms.ts";
import { Redactor } from "../../src/secrets/redactor.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";

const HOME = "/home/ada";
const SECRET = "a listed value: 'ä' \\ 100%";

test("addListedSecrets() makes a listed file and a listed variable known, in every form", async () => {
  const host = fakeHost({
    files: { "/home/ada/key": `${SECRET}\n` },
    env: { STAKPAK_LISTED: `${SECRET} 2` },
  });
  for (const listed of [{ files: ["~/key"] }, { env: ["STAKPAK_LISTED"] }]) {
    const redactor = new Redactor();
    deepEqual(await addListedSecrets(redactor, host, HOME, listed), []);
    const value = "env" in listed ? `${SECRET} 2` : SECRET;
    for (const { text } of formsOf(value)) {
      equal(redactor.find(`before ${text} behind`)[0]?.sealed, true, text);
    }
  }
});

test("addListedSecrets() knows the lines of a listed file that hold secrets, and leaves the other ones", async () => {
  const redactor = new Redactor();
  const file = [
    "# words of a comment",
    'export DB_PASSWORD="correct horse battery"',
    "region: eu-central",
    "8f14e45fceea167a5a36dedd4bea2543",
  ];
  const host = fakeHost({ files: { "/srv/app.env": file.join("\n") } });
  deepEqual(await addListedSecrets(redactor, host, HOME, { files: ["/srv/app.env"] }), []);
  match(
    redactor.redact("it is correct horse battery, then"),
    /^it is \[REDACTED_SECRET:known:\w{6}\], then$/,
  );
  doesNotMatch(redactor.redact("8f14e45fceea167a5a36dedd4bea2543"), /8f14/);
  equal(redactor.redact("words of a comment, eu-central"), "words of a comment, eu-central");
});

test("addListedSecrets() says which files and variables it cannot read, and still knows the other ones", async () => {
  const redactor = new Redactor();
  const host = fakeHost({ files: { "/home/ada/key": SECRET, "/home/ada/keys/a": "" } });
  const listed = {
    files: ["~/gone", "~/keys", "~/key"],
    env: ["DB_PASSWORD", "STAKPAK_NOT_SET"],
  };
  deepEqual(await addListedSecrets(redactor, host, HOME, listed), [
    'Cannot redact what is in "DB_PASSWORD" ([secrets] env): this program may not read it, call it STAKPAK_…',
    'Cannot redact what is in "~/gone" ([secrets] files): it does not exist',
    'Cannot redact what is in "~/keys" ([secrets] files): it is a folder, must be a file',
  ]);
  match(redactor.redact(SECRET), /^\[REDACTED_SECRET:known:\w{6}\]$/);
});

test("addReferencedSecrets() knows what a file points at, at any depth, and passes over what cannot be read", async () => {
  const redactor = new Redactor();
  const host = fakeHost({
    files: { "/home/ada/token": "token of a file\n" },
    env: { STAKPAK_BOT: "token of a variable" },
  });
  await addReferencedSecrets(redactor, host, {
    channels: [{ token: { from: "environment", name: "STAKPAK_BOT" } }],
    profiles: { ops: { key: { from: "file", path: "/home/ada/token" } } },
    gone: { from: "file", path: "/home/ada/gone" },
    other: [null, 5, "token of nothing"],
  });
  equal(redactor.find("token of a file").length, 1);
  equal(redactor.find("token of a variable").length, 1);
  equal(redactor.find("token of nothing").length, 0);
});
