import assert from "node:assert/strict";
import { listModels } from "../../src/models/list_models.ts";
import { placeModel } from "../../src/models/place_model.ts";
import { fakeHost } from "../fakes/fake_host.ts";
import { test } from "../sanitized.ts";
import { profileOf } from "./routes.ts";

test("listModels() gives the known models of each provider with a credential, by the profile's name for it", () => {
  const profile = profileOf('[profiles.default.providers.work]\ntype = "openai"\napi_key = "k"\n');
  const host = fakeHost({ env: { GEMINI_API_KEY: "k" } });
  const models = listModels(profile, host);
  assert.deepEqual([...new Set(models.map(({ provider }) => provider))], ["work", "gemini"]);
  assert.ok(models.some(({ id, name }) => id === "work/gpt-5" && name === "GPT-5"));
  for (const { id, model } of models) assert.equal(placeModel(id, profile, host).model, model);
});

test("listModels() is empty without a credential", () => {
  assert.deepEqual(listModels(profileOf(""), fakeHost()), []);
});
