// A graph view in each of its forms.

import { describe, expect, it } from "vitest";
import { drawGraph, GRAPH_FORMATS } from "../../../../src/report/graph/index.ts";
import { DEFAULT_OPTIONS } from "../../../../src/report/render-options.ts";
import { HOSTILE_VIEW, VIEW } from "./view.ts";

const draw = (format: (typeof GRAPH_FORMATS)[number], view = VIEW, options = DEFAULT_OPTIONS) =>
  drawGraph(view, format, options);

describe("text", () => {
  it("is a tree with titles under one another, reasons below, and what was drawn before named again", async () => {
    expect(await draw("text")).toBe(`✓ trail                       aws_cloudtrail.main  main.tf:3
└ ✓ log group                 aws_cloudwatch_log_group.trail
  └ ✓ filter                  aws_cloudwatch_log_metric_filter.calls
                              pattern = { $.errorCode = "AccessDenied*" }
    └ ✓ metric                Security / Calls
      └ ✗ alarm               aws_cloudwatch_metric_alarm.calls
                              the filter writes 0 for every event, so the metric never rises
                              [alarm-cannot-fire]
        └ ✓ composite alarm   aws_cloudwatch_composite_alarm.any
          └ ✓ topic           arn:aws:sns:eu-west-1:123456789012:soc (outside the inputs)
            └ ? subscription  subscribers (outside the inputs)
                              who receives this topic is not in the inputs
                              [subscribers-outside-inputs]
        └ ✓ topic             arn:aws:sns:eu-west-1:123456789012:soc (outside the inputs) (see above)

Joined to nothing: aws_sns_topic.orders

✓ holds   ✗ breaks   ? unknown
`);
  });

  it("is plain ASCII where asked", async () => {
    const text = await draw("text", VIEW, { ...DEFAULT_OPTIONS, unicode: false });
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text).toContain("` + log group");
  });

  it("says that there is nothing", async () => {
    const text = await draw("text", { nodes: [], edges: [], apart: [] });
    expect(text).toMatch(/^The inputs hold nothing of the chain\.\n/);
  });

  it("says where a way ends before anybody is told", async () => {
    const text = await draw("text", {
      ...VIEW,
      edges: VIEW.edges.slice(0, 3),
      nodes: VIEW.nodes.slice(0, 4),
    });
    expect(text).toContain("leads no further");
  });
});

describe("json", () => {
  it("holds nodes, edges with state and reasons, and what stands apart", async () => {
    const data = JSON.parse(await draw("json"));
    expect(Object.keys(data)).toEqual(["schema_version", "nodes", "edges", "apart"]);
    expect(data.nodes).toHaveLength(VIEW.nodes.length);
    expect(data.edges[3]).toMatchObject({
      from: "Security / Calls",
      to: "aws_cloudwatch_metric_alarm.calls",
      means: "is-watched",
      state: "breaks",
      why: [{ code: "alarm-cannot-fire" }],
    });
    expect(data.apart).toEqual([{ address: "aws_sns_topic.orders", location: null, input: "plan.json" }]);
  });

  it("names every edge's ends among the nodes", async () => {
    const { nodes, edges } = JSON.parse(await draw("json"));
    const ids = new Set(nodes.map(({ id }: { id: string }) => id));
    expect(
      edges.filter(({ from, to }: { from: string; to: string }) => !ids.has(from) || !ids.has(to)),
    ).toEqual([]);
  });
});

describe("dot", () => {
  it("draws what breaks dashed and what is not known dotted, and says why", async () => {
    const text = await draw("dot");
    expect(text).toMatch(/^digraph tfcheck \{\n/);
    expect(text).toContain('n1 [label="trail\\naws_cloudtrail.main", style="solid"');
    expect(text).toMatch(/n4 -> n5 \[label="✗ is watched by", style="dashed".*tooltip="the filter writes 0/);
    expect(text).toMatch(/n7 -> n8 \[label="\? reaches", style="dotted"/);
  });
});

describe("mermaid", () => {
  it("crosses what breaks and dots what is not known", async () => {
    const text = await draw("mermaid");
    expect(text).toMatch(/^flowchart LR\n {2}n1\["trail<br\/>aws_cloudtrail\.main"\]:::yes\n/);
    expect(text).toContain('n4 --x|"✗ is watched by"| n5');
    expect(text).toContain('n7 -.->|"#63; reaches"| n8');
    expect(text).toMatch(/n7\(\[".*"\]\):::yes/);
  });
});

describe("hostile names", () => {
  it.each(GRAPH_FORMATS)("are inert in %s", async (format) => {
    const text = await draw(format, HOSTILE_VIEW);
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    expect(text).not.toMatch(/^\s*::/m);
    expect(text).not.toMatch(/##\[|##vso\[/);
    expect(text).toMatch(/\n$/);
  });

  it("end no label in dot and in mermaid", async () => {
    const dot = await draw("dot", HOSTILE_VIEW);
    for (const line of dot.split("\n").filter((one) => /^ {2}n\d/.test(one))) {
      const labels = line.replace(/"(?:[^"\\]|\\.)*"/g, "");
      expect(labels).toMatch(/^ {2}n\d( -> n\d)? \[(\w+=(, )?)+\];$/);
    }
    const mermaid = await draw("mermaid", HOSTILE_VIEW);
    for (const line of mermaid.split("\n").filter((one) => /^ {2}n\d\[/.test(one))) {
      expect(line).toMatch(/^ {2}n\d\["[^"<]*<br\/>[^"<>`|]*"\]:::(yes|no|maybe)$/);
    }
  });

  it("the same view gives the same bytes", async () => {
    for (const format of GRAPH_FORMATS) expect(await draw(format)).toBe(await draw(format));
  });
});
