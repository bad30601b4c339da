import { deepEqual, equal, throws } from "node:assert/strict";
import { allowEgress, denyEgress, stillAllowedBy } from "../../src/config/egress_edits.ts";
import { TomlDocument } from "../../src/config/toml_document.ts";
import { test } from "../sanitized.ts";

const TEXT = '[sandbox]\nmemory = "1g"\negress = ["GitHub.com:443"] # mine\n';
const document = (text = TEXT) => TomlDocument.parse(text, "~/f.toml");

test("a rule is added once, whatever it is written like", () => {
  equal(
    allowEgress(document(), "Example.org:0443").toString(),
    TEXT.replace(':443"]', ':443", "example.org:443"]'),
  );
  equal(allowEgress(document(), "github.com:443").toString(), TEXT);
  equal(allowEgress(document(""), "a.example:1").toString(), '[sandbox]\negress = ["a.example:1"]\n');
});

test("a rule is removed wherever it stands, whatever it is written like", () => {
  equal(denyEgress(document(), "github.com:443").toString(), TEXT.replace('"GitHub.com:443"', ""));
  const twice = '[sandbox]\negress = ["a.example:1", "b.example:1", "A.example:1"]\n';
  equal(denyEgress(document(twice), "a.example:1").toString(), '[sandbox]\negress = ["b.example:1"]\n');
});

test("a rule that is not there is not removed, and a wider one is named", () => {
  throws(
    () => denyEgress(document(), "a.example:1"),
    /Cannot deny a\.example:1: ~\/f\.toml does not allow it/,
  );
  const wide = document('[sandbox]\negress = ["*.example.org:443"]\n');
  throws(() => denyEgress(wide, "a.example.org:443"), {
    message: "Cannot deny a.example.org:443: ~/f.toml has no such rule, it is allowed by *.example.org:443",
    hint: "stakpak warden deny '*.example.org:443'",
  });
});

test("what is no rule is refused before anything is written", () => {
  throws(() => allowEgress(document(), "github.com"), /Cannot allow "github\.com": it must be HOST:PORT/);
  throws(() => denyEgress(document(), "*:1"), /Cannot deny "\*:1"/);
});

test("stillAllowedBy() names the rules that include one", () => {
  const rules = [
    "*.example.org:443",
    "a.example.org:443",
    "10.0.0.0/8:22",
    "nonsense",
    "*.b.example.org:443",
  ];
  deepEqual(stillAllowedBy(rules, "a.example.org:443"), ["*.example.org:443", "a.example.org:443"]);
  deepEqual(stillAllowedBy(rules, "*.b.example.org:443"), ["*.example.org:443", "*.b.example.org:443"]);
  deepEqual(stillAllowedBy(rules, "10.1.0.0/16:22"), ["10.0.0.0/8:22"]);
  deepEqual(stillAllowedBy(rules, "*.a.example.org:80"), []);
});
