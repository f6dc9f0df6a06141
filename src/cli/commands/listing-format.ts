// `--format text|json` of the commands that print lists and answers, not reports.

import { Option } from "commander";
import { unknownName } from "../usage-problems.ts";

const LISTING_FORMATS = ["text", "json"] as const;
export type ListingFormat = (typeof LISTING_FORMATS)[number];

export function listingFormat(): Option {
  return formatOption(LISTING_FORMATS);
}

/** An option that takes one of a command's own formats. */
export function formatOption(formats: readonly string[]): Option {
  return new Option("-f, --format <format>", `format on stdout: ${formats.join(", ")}`).argParser((text) => {
    if (!formats.includes(text)) throw unknownName("format", text, formats);
    return text;
  });
}
