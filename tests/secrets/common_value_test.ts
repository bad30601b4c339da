import { deepEqual } from "node:assert/strict";
import { isCommon, isOneWord } from "../../src/secrets/common_value.ts";
import { test } from "../sanitized.ts";

test("isCommon() knows short values, words in any case, and what fingers type", () => {
  const common = [
    "",
    "abc1234",
    "Production",
    "changeme",
    "password1",
    "12345678",
    "aaaaaaaaaaaa",
    "qwertyuiop",
    "2026-11-22",
  ];
  deepEqual(common.filter((value) => !isCommon(value)), []);
});

test("isCommon() leaves values that say something", () => {
  const rare = ["correct horse battery", "hunter22x", "8273645190", "production-key-7", "abcdabcdx"];
  deepEqual(rare.filter(isCommon), []);
});

test("isOneWord() knows what may be a word of any language", () => {
  const words = ["Passwort", "contraseña", "prompt", "starttls"];
  deepEqual(words.filter((value) => !isOneWord(value)), []);
  deepEqual(["hunter22", "correct-horse", "GutenTag", "correcthorsebatterystaple"].filter(isOneWord), []);
});
