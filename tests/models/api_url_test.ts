import assert from "node:assert/strict";
import { apiUrl, folderOf } from "../../src/models/api_url.ts";
import { test } from "../sanitized.ts";

const url = (address: string, version = "") => apiUrl(new URL(address), "/messages", version);

test("apiUrl() puts the API's path behind an address, with and without a slash at its end", () => {
  assert.equal(url("https://a.example/v1"), "https://a.example/v1/messages");
  assert.equal(url("https://a.example/v1/"), "https://a.example/v1/messages");
  assert.equal(url("https://a.example", "/v1"), "https://a.example/v1/messages");
});

test("apiUrl() takes an address that ends with that path as it is", () => {
  assert.equal(url("https://a.example/x/messages", "/v1"), "https://a.example/x/messages");
});

test("apiUrl() keeps the query and drops the fragment", () => {
  assert.equal(url("https://a.example/v1?api-version=2#x"), "https://a.example/v1/messages?api-version=2");
});

test("folderOf() is empty where an address has no path", () => {
  assert.equal(folderOf(new URL("https://a.example")), "");
  assert.equal(folderOf(new URL("https://a.example/b//")), "/b");
});
