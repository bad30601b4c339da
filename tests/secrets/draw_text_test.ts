import { deepEqual, equal, match, throws } from "node:assert/strict";
import { drawing, drawText } from "../../src/secrets/draw_text.ts";
import { test } from "../sanitized.ts";

test("drawing() gives the same numbers for a seed, all below the limit, and others for another seed", () => {
  const numbers = (seed: number) => {
    const draw = drawing(seed);
    return Array.from({ length: 1_000 }, () => draw(10));
  };
  deepEqual(numbers(1), numbers(1));
  equal(numbers(1).join() === numbers(2).join(), false);
  deepEqual([...new Set(numbers(1))].sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test("drawText() fills every blank, and leaves the rest as it is", () => {
  match(drawText("a ‹hex 40› b", drawing(1)), /^a [0-9a-f]{40} b$/);
  match(drawText("‹base64 200›", drawing(1)), /^(?=.*\+)(?=.*\/)[A-Za-z0-9+/]{200}$/);
  match(
    drawText("‹number 5› ‹word› ‹name› ‹uuid›", drawing(1)),
    /^[0-4] [a-z]+ [a-z]+-[a-z]+\d{0,2} [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  );
});

test("drawText() refuses a blank that it does not know", () => {
  throws(() => drawText("‹colour 4›", drawing(1)), /‹colour 4› stands for nothing/);
});
