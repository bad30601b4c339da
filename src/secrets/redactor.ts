/**
 * The last thing that text passes before it leaves the process: known values first, patterns second.
 *
 * Two kinds of secret. *Sealed* ones are those the supervisor itself holds (configuration, environment, keys it made,
 * `[secrets]`): replaced in every form, never given back to anybody. *Seen* ones were first found in this session's
 * texts by a pattern: replaced wherever they come again, and given back to our own tools (`restore_arguments.ts`).
 *
 * A `Redactor` is one session. What it holds lives in memory only and is never written anywhere.
 *
 * @module
 */
import { isCommon, isOneWord } from "./common_value.ts";
import { type Held, HeldSecrets } from "./held_secrets.ts";
import { KnownIndex } from "./known_index.ts";
import { looksGenerated } from "./looks_generated.ts";
import { blanked, type Mark, merged, rewritten, type Span } from "./mark.ts";
import { placeholdersIn } from "./placeholder.ts";
import { type RuleScan, ruleScan } from "./rule_scan.ts";
import { SECRET_RULES } from "./secret_rules.ts";
import { settledLines } from "./settled_lines.ts";
import { formsOf } from "./value_forms.ts";
import { type View, viewsOf } from "./view.ts";

/** A secret in a text, and what stands for it. */
export interface Finding extends Mark {
  readonly placeholder: string;
}

/** The rule of values that the supervisor knows. */
const KNOWN = "known";
/** Longer values are known in pieces, so that a stream holds back little. */
const PIECE = 4096;
/** How many seen values are looked for again; patterns find the others. */
const SEEN_AGAIN_MAX = 2_000;
/** What is found makes new edges, at which more may be found. */
const ROUNDS_MAX = 8;

let scan: RuleScan | undefined;

export class Redactor {
  readonly #known = new KnownIndex<Held>();
  readonly #held = new HeldSecrets();
  #seenAgain = 0;

  /** Seals a secret of the supervisor. Blank, short and common values are ignored: they would hit ordinary words. */
  add(value: string | undefined): void {
    const secret = value?.trim() ?? "";
    for (let at = 0; at < secret.length; at += PIECE) {
      const piece = secret.slice(at, at + PIECE);
      if (isCommon(piece)) continue;
      const forms = formsOf(piece).filter(({ text }) => !isCommon(text));
      const held = this.#held.hold(piece, KNOWN, true);
      this.#held.sealAllWith(forms.map(({ text }) => text));
      for (const form of forms) this.#known.add(form, held);
      this.#addLines(piece, held);
    }
  }

  /** Takes `value` for a secret first seen now, such as a password that a tool made; answers its placeholder. */
  see(value: string, rule: string): string {
    return this.#hold(value, { rule, sealed: false }).placeholder;
  }

  /** What `placeholder` stands for; `undefined` when this session never gave it out. */
  held(placeholder: string): Held | undefined {
    return this.#held.of(placeholder);
  }

  /** Grows with all that is known: while it stays, a text in which nothing was found has nothing in it. */
  get known(): number {
    return this.#known.size + this.#held.size;
  }

  /** `text` with every secret replaced. What is redacted already stays as it is. */
  redact(text: string): string {
    return rewritten(text, this.find(text), ({ placeholder }) => placeholder);
  }

  /** The secrets in `text`, in order; they do not overlap. Seen values are remembered. */
  find(text: string): Finding[] {
    const found: Finding[] = [];
    const placeholders = placeholdersIn(text).filter((one) =>
      !this.#hidesKnown(text.slice(one.start, one.end))
    );
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const views = viewsOf(blanked(text, covering([...placeholders, ...found])));
      const known = this.#knownIn(views, text);
      const sealed = known.filter((mark) => mark.sealed);
      // What a seen value is the beginning of may be more of a secret: the rules are asked, too.
      const marks = merged(sealed.length > 0 ? sealed : [...known, ...rulesIn(views)]);
      if (marks.length === 0) break;
      for (const mark of marks) found.push(this.#finding(text, mark));
    }
    return merged(found).map((mark) => this.#finding(text, mark));
  }

  /** Whether a text only looks like a placeholder, and has a known value in it. */
  #hidesKnown(placeholder: string): boolean {
    return this.#known.find(placeholder).length > 0 && !this.#held.of(placeholder);
  }

  /** Up to where `lines` read as they do now whatever follows: see {@linkcode settledLines}. */
  settled(lines: string): number {
    return settledLines(lines, this.#known);
  }

  #knownIn(views: readonly View[], text: string): (Mark | Finding)[] {
    return views.flatMap((view) =>
      this.#known.find(view.text).map((match) => {
        const [start, end] = view.origin(match.start, match.end);
        const { rule, sealed, placeholder, value } = match.of;
        const whole = sealed || text.slice(start, end) === value;
        return { start, end, rule, sealed, ...(whole ? { placeholder } : {}) };
      })
    );
  }

  #finding(text: string, mark: Mark | Finding): Finding {
    if ("placeholder" in mark) return mark;
    return { ...mark, placeholder: this.#hold(text.slice(mark.start, mark.end), mark).placeholder };
  }

  #hold(value: string, { rule, sealed }: Pick<Mark, "rule" | "sealed">): Held {
    const held = this.#held.hold(value, rule, sealed);
    const again = value.length <= PIECE && !isCommon(value) && !isOneWord(value) &&
      this.#seenAgain < SEEN_AGAIN_MAX;
    if (again && this.#known.add({ text: value }, held)) {
      this.#seenAgain++;
      for (const form of formsOf(value)) this.#known.add(form, held);
      this.#addLines(value, held);
    }
    return held;
  }

  /** Of a key the last lines may be printed alone, or one by one. */
  #addLines(value: string, held: Held): void {
    if (!value.includes("\n")) return;
    for (const line of value.split("\n")) {
      if (looksGenerated(line.trim())) this.#known.add({ text: line.trim() }, held);
    }
  }
}

function rulesIn(views: readonly View[]): Mark[] {
  scan ??= ruleScan(SECRET_RULES);
  const find = scan;
  return views.flatMap((view) =>
    find(view.text).map(({ rule, ...match }) => {
      const [start, end] = view.origin(match.start, match.end);
      return { start, end, rule, sealed: false };
    })
  );
}

/** A later mark may hold earlier ones. */
function covering(spans: readonly Span[]): Span[] {
  return merged(spans.map(({ start, end }) => ({ start, end, rule: "", sealed: false })));
}
