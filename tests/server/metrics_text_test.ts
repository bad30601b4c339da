import { equal } from "node:assert/strict";
import { metricsText } from "../../src/server/metrics_text.ts";
import { test } from "../sanitized.ts";

test("each family has its help, its type and its samples, escaped as Prometheus wants it", () => {
  equal(
    metricsText([
      { name: "a_total", help: "One\nline \\ only.", type: "counter", samples: [{ value: 1.5 }] },
      {
        name: "b",
        help: "B.",
        type: "gauge",
        samples: [{ labels: { x: 'a"b\\c\nd', y: "" }, value: 0 }, { labels: {}, value: 2 }],
      },
    ]),
    `# HELP a_total One\\nline \\\\ only.
# TYPE a_total counter
a_total 1.5
# HELP b B.
# TYPE b gauge
b{x="a\\"b\\\\c\\nd",y=""} 0
b 2
`,
  );
});
