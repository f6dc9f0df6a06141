// The names of regions as alarms write them into their messages.

/**
 * By code; regions that are not listed have a name of the same form, such as "Asia Pacific (Tokyo)".
 * Source: https://github.com/boto/botocore/blob/00df165b717a4080ec904bb80c904c63e3f5d4aa/botocore/data/endpoints.json
 * (descriptions of regions at the time when those of Europe began with "EU", as recorded messages of alarms still
 * have them in 2024 and 2025; read 2026-11-26)
 */
const REGION_NAMES: ReadonlyMap<string, string> = new Map([
  ["ap-northeast-1", "Asia Pacific (Tokyo)"],
  ["ap-northeast-2", "Asia Pacific (Seoul)"],
  ["ap-south-1", "Asia Pacific (Mumbai)"],
  ["ap-southeast-1", "Asia Pacific (Singapore)"],
  ["ap-southeast-2", "Asia Pacific (Sydney)"],
  ["ca-central-1", "Canada (Central)"],
  ["eu-central-1", "EU (Frankfurt)"],
  ["eu-west-1", "EU (Ireland)"],
  ["eu-west-2", "EU (London)"],
  ["eu-west-3", "EU (Paris)"],
  ["sa-east-1", "South America (Sao Paulo)"],
  ["us-east-1", "US East (N. Virginia)"],
  ["us-east-2", "US East (Ohio)"],
  ["us-west-1", "US West (N. California)"],
  ["us-west-2", "US West (Oregon)"],
]);

/** `undefined` for a region whose name nobody has recorded. */
export function regionName(code: string): string | undefined {
  return REGION_NAMES.get(code);
}
