import assert from "node:assert/strict";
import { egressPolicy } from "../../src/warden/egress_policy.ts";
import { test } from "../sanitized.ts";

const from = "192.0.2.9";

test("nothing is listed by default", () => {
  const policy = egressPolicy([]);
  assert.equal(policy.judge("github.com", 443), "not listed");
  assert.deepEqual(policy.grants, []);
});

test("a listed name may lead to any public address, and to no other", () => {
  const policy = egressPolicy(["db.example.org:443"]);
  assert.equal(policy.judge("db.example.org", 443), undefined);
  const judged = (remote: string) => policy.judgeAddress({ remote, local: from }, 443, []);
  assert.equal(judged("93.184.216.34"), undefined);
  assert.equal(judged("2606:4700:4700::1111"), undefined);
  const closed = ["127.0.0.1", "::1", "10.0.0.7", "172.17.0.1", "fe80::1", "224.0.0.1", "0.0.0.0", "fd12::1"];
  for (const remote of [...closed, "::ffff:10.0.0.7", "64:ff9b::a00:7", "169.254.169.254", "100.64.0.1"]) {
    assert.match(judged(remote) ?? "open", / is an? [a-z -]+ address$/, remote);
  }
  assert.equal(judged("10.0.0.7"), "10.0.0.7 is a private address");
});

test("an address of this host is closed, however public: by its list, and by where the connection starts", () => {
  const policy = egressPolicy(["example.org:443"]);
  const remote = "93.184.216.34";
  assert.equal(
    policy.judgeAddress({ remote, local: from }, 443, [remote]),
    `${remote} is an address of this host`,
  );
  assert.equal(
    policy.judgeAddress({ remote, local: remote }, 443, []),
    `${remote} is an address of this host`,
  );
});

test("a network that names it opens a private address and one of this host, at its port alone", () => {
  const policy = egressPolicy(["db.internal:5432", "10.1.0.0/16:5432", "127.0.0.1:5432"]);
  assert.equal(policy.judgeAddress({ remote: "10.1.2.3", local: "10.1.2.3" }, 5432, ["10.1.2.3"]), undefined);
  assert.equal(policy.judgeAddress({ remote: "127.0.0.1", local: "127.0.0.1" }, 5432, []), undefined);
  assert.equal(
    policy.judgeAddress({ remote: "10.2.2.3", local: from }, 5432, []),
    "10.2.2.3 is a private address",
  );
  assert.equal(
    policy.judgeAddress({ remote: "10.1.2.3", local: from }, 22, []),
    "10.1.2.3 is a private address",
  );
});

test("metadata stays closed whatever the rules say", () => {
  const policy = egressPolicy(["0.0.0.0/0:80", "metadata.google.internal:80"]);
  for (const address of ["169.254.169.254", "100.100.100.200", "fd00:ec2::254", "168.63.129.16"]) {
    assert.match(policy.judge(address, 80) ?? "open", /metadata/, address);
    assert.match(
      policy.judgeAddress({ remote: address, local: from }, 80, []) ?? "open",
      /metadata/,
      address,
    );
  }
});

test("the grants are the rules, each once", () => {
  const rules = ["GitHub.com:443", "github.com:443", "*.example.org:443", "10.1.0.0/16:5432", "[fd12::1]:80"];
  const wanted = ["github.com:443", "*.example.org:443", "10.1.0.0/16:5432", "[fd12::1]:80"];
  assert.deepEqual(egressPolicy(rules).grants, wanted);
});

test("a rule that is none is refused by its text, not skipped", () => {
  assert.throws(
    () => egressPolicy(["github.com:443", "*:443"]),
    /Cannot use the egress rule "\*:443": it must/,
  );
});
