import { UserError } from "../../domain/error.ts";
import { quotedName } from "../../domain/printable.ts";
import { apiUrl, folderOf } from "../api_url.ts";
import { GOOGLE_MODEL, googlePath } from "../apis/google_api.ts";
import type { ModelProvider } from "../provider.ts";

/** Gemini. Config key and type are `gemini`, ids begin with `google/` or `gemini/`. */
export const google: ModelProvider = {
  id: "google",
  type: "gemini",
  defaultModel: "gemini-3.5-flash",
  address: "https://generativelanguage.googleapis.com/v1beta",
  takesLogins: false,
  place(address, model) {
    // The model is part of the path here: it must not lead to another.
    if (!GOOGLE_MODEL.test(model)) {
      throw new UserError(
        `Cannot use the model ${quotedName(model)} of google: it must be letters, digits, "-", "." and "_"`,
        { hint: "stakpak model list" },
      );
    }
    const [path = ""] = googlePath(model).split("?");
    const url = new URL(apiUrl(address, path, folderOf(address) === "" ? "/v1beta" : ""));
    url.searchParams.set("alt", "sse");
    return { api: "google", url: url.href };
  },
  headers: (key) => key === undefined ? {} : { "x-goog-api-key": key },
};
