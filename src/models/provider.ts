import type { Provider } from "../config/config_schema.ts";
import type { ModelApi } from "./model_api.ts";

/** A kind of service that has models. One file each, listed in `registry.ts`, explained in `docs/models.md`. */
export interface ModelProvider {
  /** Before the slash of a model's id, where a profile gives it no name of its own. */
  readonly id: string;
  /** `type` of `[profiles.X.providers.NAME]`. */
  readonly type: Provider["type"];
  /** The model of a run that nobody gave one. Absent: there is none that all of its kind have. */
  readonly defaultModel?: string;
  /** Where it is, unless the profile says otherwise. Absent: the profile must. */
  readonly address?: string;
  /** The variable that says otherwise where the profile does not. */
  readonly addressVariable?: string;
  /** That variable counts more than the profile. */
  readonly variableWins?: true;
  /** The access token of a login is as good as a key. */
  readonly takesLogins: boolean;
  /** How, and where exactly, `model` is asked: below `address`, which ends as people end it. */
  place(address: URL, model: string): { readonly api: ModelApi; readonly url: string };
  /** What a request says beside its body: versions, and as whom. */
  headers(key: string | undefined, isLogin: boolean): Readonly<Record<string, string>>;
}
