import assert from "node:assert/strict";
import { isPublicAddress } from "../../src/domain/address_class.ts";
import { test } from "../sanitized.ts";

test("isPublicAddress() takes addresses of the internet", () => {
  const addresses = [
    "1.1.1.1",
    "93.184.216.34",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "100.63.255.255",
  ];
  const v6 = ["2606:4700:4700::1111", "2a00:1450:4001:82a::200e", "2001:4860:4860::8888", "::ffff:1.1.1.1"];
  for (const address of [...addresses, ...v6, "223.255.255.255"]) {
    assert.equal(isPublicAddress(address), true, address);
  }
});

test("isPublicAddress() refuses this machine, its networks, multicast and what is reserved", () => {
  const v4 = ["127.0.0.1", "127.255.255.254", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255"];
  const more = ["192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1"];
  const last = ["240.0.0.1", "255.255.255.255", "192.0.0.192"];
  const v6 = ["::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"];
  const hidden = [
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001::1",
  ];
  for (const address of [...v4, ...more, ...last, ...v6, ...hidden, "3fff::1", "fec0::1", "4000::1"]) {
    assert.equal(isPublicAddress(address), false, address);
  }
});

test("isPublicAddress() refuses what is no address", () => {
  for (
    const text of [
      "",
      "localhost",
      "1.1.1",
      "1.1.1.256",
      "1.1.1.1.1",
      "0x1.1.1.1",
      "2606:4700",
      "1::2::3",
      "a",
    ]
  ) {
    assert.equal(isPublicAddress(text), false, text);
  }
});
