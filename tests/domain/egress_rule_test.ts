import assert from "node:assert/strict";
import {
  isHostName,
  parseEgressRule,
  ruleCovers,
  ruleHolds,
  ruleIncludes,
  ruleText,
} from "../../src/domain/egress_rule.ts";
import { test } from "../sanitized.ts";

function rule(text: string) {
  const parsed = parseEgressRule(text);
  if (typeof parsed === "string") throw new Error(`${text}: ${parsed}`);
  return parsed;
}

test("a rule by name covers that name and port alone, in any case", () => {
  const github = rule("GitHub.com:443");
  assert.equal(ruleCovers(github, "github.com", 443), true);
  for (const host of ["api.github.com", "github.com.evil.example", "xgithub.com", "github"]) {
    assert.equal(ruleCovers(github, host, 443), false, host);
  }
  assert.equal(ruleCovers(github, "github.com", 80), false);
});

test("a wildcard covers every name below, and the bare name", () => {
  const wild = rule("*.example.org:443");
  for (const host of ["example.org", "a.example.org", "a.b.example.org"]) {
    assert.equal(ruleCovers(wild, host, 443), true, host);
  }
  for (const host of ["badexample.org", "example.org.evil.example", "org"]) {
    assert.equal(ruleCovers(wild, host, 443), false, host);
  }
});

test("a network covers and holds the addresses in it, a name neither", () => {
  const network = rule("10.1.0.0/16:5432");
  for (const address of ["10.1.0.0", "10.1.255.255", "::ffff:10.1.2.3"]) {
    assert.equal(ruleCovers(network, address, 5432), true, address);
    assert.equal(ruleHolds(network, address, 5432), true, address);
  }
  for (const address of ["10.2.0.0", "10.0.255.255", "db.example.org", "fd12::1"]) {
    assert.equal(ruleHolds(network, address, 5432), false, address);
  }
  assert.equal(ruleHolds(network, "10.1.2.3", 22), false);
  assert.equal(ruleHolds(rule("example.org:80"), "10.1.2.3", 80), false);
  assert.equal(ruleHolds(rule("[fd12::1]:80"), "fd12:0:0::1", 80), true);
  assert.equal(ruleHolds(rule("0.0.0.0/0:80"), "10.1.2.3", 80), true);
});

test("ruleText() has one way of writing for what means the same", () => {
  const texts = [
    "*.Example.ORG:443",
    "10.0.0.5/32:22",
    "10.0.0.5:22",
    "[fd12::1]/128:80",
    "10.1.0.0/16:0443",
  ];
  const wanted = ["*.example.org:443", "10.0.0.5:22", "10.0.0.5:22", "[fd12::1]:80", "10.1.0.0/16:443"];
  assert.deepEqual(texts.map((text) => ruleText(rule(text))), wanted);
});

test("parseEgressRule() says what is wrong with what is no rule", () => {
  const wrong: Readonly<Record<string, RegExp>> = {
    "github.com": /HOST:PORT/,
    "https://github.com:443": /HOST:PORT|host name/,
    "*:443": /host name/,
    "*.*.org:443": /host name/,
    "a..b:1": /host name/,
    "127.1:80": /host name/,
    "0x7f000001:80": /host name/,
    "2130706433:80": /host name/,
    "github.com.:443": /host name/,
    "github.com:0": /port from 1/,
    "github.com:65536": /port from 1/,
    "10.1.2.3/16:80": /bits behind \/16/,
    "10.0.0.0/33:80": /at most 32/,
    "10.0.0.300:80": /IP address/,
    "[fd12::]/16:80": /one IPv6 address/,
    "[10.0.0.1]:80": /IP address/,
    "fd12::1:80": /HOST:PORT/,
    "169.254.169.254:80": /metadata/,
    "[fd00:ec2::254]:80": /metadata/,
  };
  for (const [text, problem] of Object.entries(wrong)) {
    assert.match(String(parseEgressRule(text)), problem, text);
  }
});

test("isHostName() takes DNS names, and no other way of writing an address", () => {
  for (const name of ["a", "github.com", "xn--bcher-kva.example", "foo_bar.internal", "1.2.example"]) {
    assert.equal(isHostName(name), true, name);
  }
  for (
    const name of ["", "127.1", "0x7f.1", "1.2.3.0x4", "-a.com", "a b", "bücher.example", "a".repeat(64)]
  ) {
    assert.equal(isHostName(name), false, name);
  }
});

test("a rule includes what it lets through whole: a name, a narrower wildcard, a smaller network", () => {
  const includes = (wide: string, narrow: string) => ruleIncludes(rule(wide), rule(narrow));
  assert.equal(includes("*.example.org:443", "a.example.org:443"), true);
  assert.equal(includes("*.example.org:443", "*.a.example.org:443"), true);
  assert.equal(includes("10.0.0.0/8:22", "10.1.0.0/16:22"), true);
  const not = [
    ["a.example.org:443", "*.example.org:443"],
    ["example.org:443", "*.example.org:443"],
    ["*.example.org:443", "a.example.org:80"],
    ["10.1.0.0/16:22", "10.0.0.0/8:22"],
    ["0.0.0.0/0:22", "[fd12::1]:22"],
    ["0.0.0.0/0:22", "a.example.org:22"],
  ];
  for (const [wide, narrow] of not) assert.equal(includes(wide!, narrow!), false, `${wide} ${narrow}`);
});
