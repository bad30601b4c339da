/**
 * A TOML text that can be edited without harm: an edit replaces the bytes of one key or one table, and every
 * other byte (comments, order, line ends, byte order mark) stays.
 *
 * Each edit is checked: the new text must parse, and must mean the old value with exactly this change. Whatever
 * would not is refused, so an unusual way of writing can never be corrupted.
 *
 * @module
 */
import { parse, TomlError } from "smol-toml";
import { EXIT, UserError } from "../domain/error.ts";
import { type KeyPath, keyText, placeOf } from "./problem.ts";
import { sameValue, valueAt, withoutEmpty, withoutValue, withValue } from "./raw_edits.ts";
import type { RawTable } from "./raw_tables.ts";
import { insertElement, insertPair, insertTable, type Splice } from "./toml_insert.ts";
import { appendValue, removeValue } from "./toml_list.ts";
import { TomlPositions } from "./toml_positions.ts";
import { removeElement, removeEmptyList, removePair, removeTables } from "./toml_remove.ts";
import { samePath, type TomlSource, tomlSource, within } from "./toml_source.ts";
import { type TomlEntries, type TomlValue, valueText } from "./toml_value.ts";

const BYTE_ORDER_MARK = "\ufeff";

/** Immutable: every edit answers with another document. Edits throw {@linkcode UserError} when they cannot. */
export class TomlDocument {
  private constructor(
    /** The file's name, for messages. */
    readonly file: string,
    /** What the text means, unchecked. */
    readonly raw: RawTable,
    readonly source: TomlSource,
    private readonly mark: string,
  ) {}

  /** Throws {@linkcode UserError} when `text` is not TOML. `file` is for messages. */
  static parse(text: string, file = "the file"): TomlDocument {
    const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    const body = text.slice(mark.length);
    try {
      return new TomlDocument(file, parse(body), tomlSource(body), mark);
    } catch (error) {
      const place = error instanceof TomlError ? `:${error.line}:${error.column}` : "";
      throw new UserError(`Cannot edit ${file}${place}: it is not TOML that can be edited`, {
        hint: "stakpak config validate",
        exitCode: EXIT.usage,
      });
    }
  }

  toString(): string {
    return this.mark + this.source.text;
  }

  /** What is at `path`, unchecked. */
  at(path: KeyPath): unknown {
    return valueAt(this.raw, path);
  }

  /** `file:line:column` of `path`. */
  placeOf(path: KeyPath): string {
    const place = new TomlPositions(this.source.text).of(path);
    return placeOf({ file: this.file, severity: "error", key: "", message: "", ...place });
  }

  /** Writes one value. The tables around it are made if need be. */
  set(path: KeyPath, value: TomlValue): TomlDocument {
    const old = this.#pair(path)?.node.value;
    if (old ? old.type === "TOMLInlineTable" : this.at(path) !== undefined) {
      return this.#refuse(path, "it is a table, must be a value");
    }
    const splices = old
      ? [{ from: old.range[0], to: old.range[1], text: valueText(value) }]
      : insertPair(this.source, path.slice(0, -1), String(path.at(-1)), valueText(value));
    return this.#edited(path, splices, withValue(this.raw, path, value));
  }

  /** Removes one `key = value`, and a comment behind it; nothing when it is not there. */
  unset(path: KeyPath): TomlDocument {
    const pair = this.#pair(path);
    return pair ? this.#edited(path, removePair(this.source, pair), withoutValue(this.raw, path)) : this;
  }

  /** Adds one more `[[path]]`. An empty `path = []` gives way to it. */
  pushTable(path: readonly string[], entries: TomlEntries): TomlDocument {
    const pair = this.#pair(path);
    if (pair) return this.#withoutEmptyList(path).pushTable(path, entries);
    const list = this.at(path);
    const index = Array.isArray(list) ? list.length : 0;
    return this.#edited(
      path,
      insertElement(this.source, path, entries),
      withValue(this.raw, [...path, index], written(entries)),
    );
  }

  /** Writes `entries` into the table `path`, beside the keys it has; makes the table if there is none. */
  putTable(path: readonly string[], entries: TomlEntries): TomlDocument {
    if (this.at(path) === undefined) {
      return this.#edited(
        path,
        insertTable(this.source, path, entries),
        withValue(this.raw, path, written(entries)),
      );
    }
    return Object.entries(written(entries)).reduce<TomlDocument>(
      (document, [key, value]) => document.set([...path, key], value),
      this,
    );
  }

  /** Adds one more value to the list `path`; makes the list if there is none. */
  pushValue(path: KeyPath, value: TomlValue): TomlDocument {
    const list = this.at(path);
    if (list === undefined) return this.set(path, [value]);
    const index = Array.isArray(list) ? list.length : 0;
    const splices = appendValue(this.source, path, valueText(value));
    return this.#edited(path, splices, withValue(this.raw, [...path, index], value));
  }

  /** Removes the value at `path`, whose last part is its place in a list. */
  removeValue(path: KeyPath): TomlDocument {
    return this.#edited(path, removeValue(this.source, path), withoutValue(this.raw, path));
  }

  /** Removes a table or an element with all that is in it, however it is written; nothing when it is not there. */
  removeTable(path: KeyPath): TomlDocument {
    if (this.at(path) === undefined) return this;
    const keys = this.source.pairs.filter((pair) =>
      within(pair.path, path) && pair.base.length < path.length
    );
    const rest = keys.reduceRight<TomlDocument>((document, pair) => document.unset(pair.path), this);
    if (rest.at(path) === undefined) return rest;
    const element = removeElement(rest.source, path);
    const splices = element.length > 0 ? element : removeTables(rest.source, path);
    return rest.#edited(path, splices, withoutValue(rest.raw, path));
  }

  #pair(path: KeyPath) {
    return this.source.pairs.find((pair) => samePath(pair.path, path));
  }

  #withoutEmptyList(path: KeyPath): TomlDocument {
    const pair = this.#pair(path)!;
    const { range } = pair.node.value;
    const commented = this.source.comments.some((comment) =>
      comment.range[0] > range[0] && comment.range[1] < range[1]
    );
    const list = this.at(path);
    if (!Array.isArray(list)) return this.#refuse(path, "it is a value, must be a list of tables");
    if (list.length > 0 || commented) {
      return this.#refuse(path, `it is written as one list, must be [[${keyText(path)}]] tables`);
    }
    return this.#edited(path, removeEmptyList(this.source, pair), withoutValue(this.raw, path));
  }

  /** The text after `splices`, once it is sure to mean `wanted`. */
  #edited(path: KeyPath, splices: readonly Splice[] | string, wanted: unknown): TomlDocument {
    if (typeof splices === "string") return this.#refuse(path, splices);
    const text = splices.toSorted((a, b) => b.from - a.from).reduce(
      (kept, { from, to, text }) => kept.slice(0, from) + text + kept.slice(to),
      this.source.text,
    );
    const parent = path.slice(0, -1);
    const edited = parsed(this.mark + text, this.file);
    if (edited && sameValue(withoutEmpty(edited.raw, parent), withoutEmpty(wanted, parent))) return edited;
    return this.#refuse(path, "it is written in a way that cannot be changed without touching the rest");
  }

  #refuse(path: KeyPath, reason: string): never {
    throw new UserError(`Cannot edit ${keyText(path)} (${this.placeOf(path)}): ${reason}`, {
      hint: "edit the file by hand, then: stakpak config validate",
    });
  }
}

function parsed(text: string, file: string): TomlDocument | undefined {
  try {
    return TomlDocument.parse(text, file);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function written(entries: TomlEntries): Readonly<Record<string, TomlValue>> {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, TomlValue] => entry[1] !== undefined),
  );
}
