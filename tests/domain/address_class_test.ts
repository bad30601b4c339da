import assert from "node:assert/strict";
import {
  addressBits,
  addressKind,
  isMetadataAddress,
  isPublicAddress,
} from "../../src/domain/address_class.ts";
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

test("isMetadataAddress() knows the clouds' services, also in IPv6 clothes and through NAT64", () => {
  const doors = ["169.254.169.254", "169.254.170.2", "fd00:ec2::254", "fd20:ce::254", "168.63.129.16"];
  const dressed = ["::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "100.100.100.200", "192.0.0.192"];
  for (const address of [...doors, ...dressed]) {
    assert.equal(isMetadataAddress(address), true, address);
    assert.equal(isPublicAddress(address), false, address);
  }
  for (const address of ["169.253.169.254", "1.1.1.1", "::1", "", "metadata"]) {
    assert.equal(isMetadataAddress(address), false, address);
  }
});

test("addressKind() says what an address is, in words for a log", () => {
  const kinds = {
    "127.0.0.1": "a loopback address",
    "::1": "a loopback address",
    "::ffff:127.0.0.1": "a loopback address",
    "10.0.0.7": "a private address",
    "fd12::1": "a private address",
    "fe80::1%eth0": "a link-local address",
    "224.0.0.1": "a multicast address",
    "ff02::1": "a multicast address",
    "169.254.169.254": "a cloud metadata address",
    "198.18.0.1": "a reserved address",
    "1.1.1.1": "a public address",
  };
  assert.deepEqual(Object.fromEntries(Object.keys(kinds).map((text) => [text, addressKind(text)])), kinds);
});

test("addressBits() has 32 bits for an IPv4 address in whatever clothes, 128 for IPv6, none for a name", () => {
  assert.equal(addressBits("10.0.0.1"), addressBits("::ffff:10.0.0.1"));
  assert.equal(addressBits("10.0.0.1")?.length, 32);
  assert.equal(addressBits("2001:db8::1")?.length, 128);
  assert.equal(addressBits("example.org"), undefined);
});
