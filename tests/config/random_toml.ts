import fc from "fast-check";

/** A random but valid `autopilot.toml`, written in every way that people and programs write one. */
export interface RandomToml {
  readonly text: string;
  /** How many `[[schedules]]` it has; number i is called `s<i>`. */
  readonly schedules: number;
}

const VALUES = [
  "1",
  "0x10",
  "1.5",
  "true",
  '"text"',
  "'literal # no comment'",
  "'''\n# no comment\n[schedules]\n'''",
  '"""\n[[schedules]]\n  # no comment\n"""',
  "[1, 2]",
  "[\n  1, # one\n  2,\n]",
  "{ a = 1, b.c = 2 }",
  "1979-05-27T07:32:00Z",
  "[{ a = 1 }, { a = 2 }]",
  '"é😀"',
];
const COMMENTS = ["# comment", "  # indented", '#key = "old"', "# [schedules]", "#"];

const value = fc.constantFrom(...VALUES);
/** Lines that may stand anywhere; `%` becomes a number, so that no key comes twice. */
const filler = fc.oneof(fc.constantFrom(...COMMENTS), fc.constantFrom("", "  "));
const pair = fc.tuple(fc.constantFrom("k%", "  k%", "'k.%'", "d%.x.y"), value, fc.constantFrom("", " # why"))
  .map(([key, written, comment]) => `${key} = ${written}${comment}`);
const body = fc.array(fc.oneof(filler, pair), { maxLength: 5 });
const head = fc.array(fc.oneof(filler, filler), { maxLength: 3 });

const schedule = fc.tuple(head, body, fc.option(body)).map(([above, lines, sub]) => [
  ...above,
  "[[schedules]]",
  'name = "s@"',
  ...lines,
  ...(sub ? ["[schedules.extra]", ...sub] : []),
]);
const table = fc.tuple(
  head,
  fc.constantFrom("t%", "channels.c%", "'odd.%'"),
  fc.constantFrom("", " # why"),
  body,
)
  .map(([above, name, comment, lines]) => [...above, `[${name}]${comment}`, ...lines]);

export const randomToml: fc.Arbitrary<RandomToml> = fc.record({
  top: body,
  blocks: fc.array(fc.oneof(schedule, table), { maxLength: 6 }),
  tail: head,
  newline: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\ufeff"),
  end: fc.boolean(),
}).map(({ top, blocks, tail, newline, mark, end }) => {
  let number = 0;
  let schedules = 0;
  const lines = [...top, ...blocks.flat(), ...tail].flatMap((line) => line.split("\n"))
    .map((line) => line.replace(/%/, () => String(number++)).replace("@", () => String(schedules++)));
  const text = lines.join(newline) + (end && lines.length > 0 ? newline : "");
  return { text: mark + text, schedules };
});
