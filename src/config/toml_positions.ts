import { type AST, parseTOML } from "toml-eslint-parser";
import type { KeyPath } from "./problem.ts";

export interface Position {
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** Where each key of a TOML text is, for messages; built only when there is something to say. */
export class TomlPositions {
  readonly #places = new Map<string, Position>();

  constructor(text: string) {
    for (const node of parseTOML(text.replace(/^\ufeff/, "")).body[0].body) {
      if (node.type === "TOMLTable") {
        this.#note(node.resolvedKey, node);
        this.#pairs(node.resolvedKey, node.body);
      } else this.#pairs([], [node]);
    }
  }

  /** The place of `path`, or of the closest part around it that is written down. */
  of(path: KeyPath): Position | undefined {
    for (let length = path.length; length > 0; length--) {
      const place = this.#places.get(JSON.stringify(path.slice(0, length)));
      if (place) return place;
    }
    return undefined;
  }

  #note(path: KeyPath, node: AST.TOMLNode): void {
    const { line, column } = node.loc.start;
    for (let length = path.length; length > 0; length--) {
      const key = JSON.stringify(path.slice(0, length));
      if (!this.#places.has(key)) this.#places.set(key, { line, column: column + 1 });
    }
  }

  #pairs(base: KeyPath, pairs: readonly AST.TOMLKeyValue[]): void {
    for (const pair of pairs) {
      const path = [...base, ...pair.key.keys.map((key) => key.type === "TOMLBare" ? key.name : key.value)];
      this.#note(path, pair.value);
      this.#value(path, pair.value);
    }
  }

  #value(path: KeyPath, value: AST.TOMLContentNode): void {
    if (value.type === "TOMLInlineTable") this.#pairs(path, value.body);
    if (value.type !== "TOMLArray") return;
    value.elements.forEach((element, index) => {
      this.#note([...path, index], element);
      this.#value([...path, index], element);
    });
  }
}
