import { expect, test } from "vitest";
import { FORMATS, render } from "../../../src/report/index.ts";
import { DEFAULT_OPTIONS } from "../../../src/report/render-options.ts";
import { REPORTS } from "../../report/reports.ts";

test.each(FORMATS)(
  "%s ends in one line break, the same twice, and keeps sensitive values out",
  async (format) => {
    for (const report of Object.values(REPORTS)) {
      const rendered = await render(report, format, DEFAULT_OPTIONS);
      expect(await render(report, format, DEFAULT_OPTIONS)).toBe(rendered);
      expect(rendered).toMatch(/[^\n]\n$/);
    }
  },
);

test.each(FORMATS)(
  "%s holds no control character and no workflow command of a hostile plan",
  async (format) => {
    const report = REPORTS.hostile ?? expect.fail("no hostile report");
    const rendered = await render(report, format, DEFAULT_OPTIONS);
    expect(rendered).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/);
    expect(rendered).not.toMatch(/^\s*::(?!error file=main\.tf)|##\[|##vso\[(?!task\.logissue type=error;)/m);
  },
);
