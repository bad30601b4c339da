import type { Redactor } from "../secrets/redactor.ts";
import { ApiError } from "./api_error.ts";

/**
 * Throws `ApiError` 400 `invalid_model` where a secret of this machine stands in the name of a model: it is sent as it is,
 * told in events and kept.
 */
export function requirePlainModel(model: string | undefined, redactor: Pick<Redactor, "find">): void {
  if (model === undefined || !redactor.find(model).some(({ sealed }) => sealed)) return;
  throw new ApiError(
    400,
    "invalid_model",
    "Cannot use that model: a secret of this machine stands in its name",
    "stakpak model list",
  );
}
