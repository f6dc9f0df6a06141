import { describe, expect, test } from "vitest";
import {
  isLogging,
  isMultiRegion,
  isOrganizationTrail,
  recordsManagementEvents,
} from "../../../src/aws/trail.ts";
import { LATER, oneOf, type Plain, reader } from "./build.ts";

describe("switches", () => {
  test.each<readonly [Plain, string, string]>([
    [true, "yes", "yes"],
    [false, "no", "no"],
    ["true", "yes", "yes"],
    [null, "no", "yes"],
    [LATER, "maybe", "maybe"],
    [oneOf(true, "true"), "yes", "yes"],
    [oneOf(true, false), "maybe", "maybe"],
  ])("%j: multi-region %s, logging %s", (plain, multiRegion, logging) => {
    const trail = reader({
      is_multi_region_trail: plain,
      enable_logging: plain,
      is_organization_trail: plain,
    });
    expect(isMultiRegion(trail)).toEqual({ answer: multiRegion, attribute: "is_multi_region_trail" });
    expect(isLogging(trail)).toEqual({ answer: logging, attribute: "enable_logging" });
    // Both switches that a trail does not have on by itself.
    expect(isOrganizationTrail(trail)).toEqual({ answer: multiRegion, attribute: "is_organization_trail" });
  });
});

const DATA = [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }];
const KMS = "kms.amazonaws.com";
const RDS = "rdsdata.amazonaws.com";

describe("classic selectors", () => {
  test.each<readonly [string, Plain, string, string | undefined]>([
    ["none is the default selector", [], "yes", undefined],
    ["not written is the default selector", null, "yes", undefined],
    ["how many is not known", LATER, "maybe", undefined],
    ["written with its defaults", [{ data_resource: DATA }], "yes", undefined],
    [
      "everything spelled out",
      [{ read_write_type: "All", include_management_events: true }],
      "yes",
      undefined,
    ],
    [
      "management events left out",
      [{ include_management_events: false, data_resource: DATA }],
      "no",
      "no-management-events",
    ],
    ["writes alone", [{ read_write_type: "WriteOnly" }], "no", "write-only"],
    ["reads alone", [{ read_write_type: "ReadOnly" }], "no", "read-only"],
    [
      "reads and writes from two",
      [{ read_write_type: "WriteOnly" }, { read_write_type: "ReadOnly" }],
      "yes",
      undefined,
    ],
    [
      "the reads of two are only for data",
      [{ read_write_type: "WriteOnly" }, { read_write_type: "ReadOnly", include_management_events: false }],
      "no",
      "write-only",
    ],
    [
      "one for data, one for management",
      [{ include_management_events: false, data_resource: DATA }, { read_write_type: "All" }],
      "yes",
      undefined,
    ],
    [
      "management events left out twice",
      [{ include_management_events: false }, { include_management_events: false }],
      "no",
      "no-management-events",
    ],
    ["neither reads nor writes", [{ read_write_type: "Neither" }], "no", "narrowed"],
    [
      "neither reads nor writes, beside one without management events",
      [{ include_management_events: false }, { read_write_type: "Neither" }],
      "no",
      "narrowed",
    ],
    ["an empty kind of events is the default", [{ read_write_type: "" }], "yes", undefined],
    ["a source left out", [{ exclude_management_event_sources: [KMS] }], "no", "source-excluded"],
    ["an empty list leaves nothing out", [{ exclude_management_event_sources: [] }], "yes", undefined],
    [
      "two that leave out different sources",
      [{ exclude_management_event_sources: [KMS] }, { exclude_management_event_sources: [RDS] }],
      "yes",
      undefined,
    ],
    [
      "two that leave out the same source",
      [{ exclude_management_event_sources: [KMS, RDS] }, { exclude_management_event_sources: [KMS] }],
      "no",
      "source-excluded",
    ],
    [
      "writes of most sources",
      [{ read_write_type: "WriteOnly", exclude_management_event_sources: [KMS] }],
      "no",
      "write-only",
    ],
    [
      "reads of most sources, writes of all",
      [{ exclude_management_event_sources: [KMS] }, { read_write_type: "WriteOnly" }],
      "no",
      "source-excluded",
    ],
    ["whether management is in is not known", [{ include_management_events: LATER }], "maybe", undefined],
    ["read or write is not known", [{ read_write_type: LATER }], "maybe", undefined],
    ["what is left out is not known", [{ exclude_management_event_sources: LATER }], "maybe", undefined],
    ["one source left out is not known", [{ exclude_management_event_sources: [LATER] }], "maybe", undefined],
    ["not known beside one that suffices", [LATER, { read_write_type: "All" }], "yes", undefined],
    ["not known beside one that does not", [LATER, { read_write_type: "WriteOnly" }], "maybe", undefined],
    [
      "left out whatever the rest is",
      [{ include_management_events: false, read_write_type: LATER }],
      "no",
      "no-management-events",
    ],
  ])("%s", (_story, selectors, answer, how) => {
    const judged = recordsManagementEvents(reader({ event_selector: selectors }));
    expect(judged).toEqual({ answer, how, attribute: "event_selector" });
  });
});

const MANAGEMENT = { field: "eventCategory", equals: ["Management"] };

const READS = { field: "readOnly", equals: ["true"] };
const WRITES = { field: "readOnly", equals: ["false"] };

/** Everything but the events of KMS, and those of these sources. */
const besides = (sources: Readonly<Record<string, Plain>>): Plain => [
  { field_selector: [MANAGEMENT, { field: "eventSource", not_equals: [KMS] }] },
  { field_selector: [MANAGEMENT, { field: "eventSource", ...sources }] },
];

describe("advanced selectors", () => {
  test.each<readonly [string, Plain, string, string | undefined]>([
    ["management, nothing else", [{ field_selector: [MANAGEMENT] }], "yes", undefined],
    [
      "as a plan prints it",
      [{ field_selector: [{ ...MANAGEMENT, ends_with: [], not_equals: [], starts_with: null }] }],
      "yes",
      undefined,
    ],
    ["how many is not known", LATER, "maybe", undefined],
    ["fields not known", [{ field_selector: LATER }], "maybe", undefined],
    [
      "data alone",
      [{ field_selector: [{ field: "eventCategory", equals: ["Data"] }] }],
      "no",
      "data-events-only",
    ],
    [
      "network activity alone",
      [{ field_selector: [{ field: "eventCategory", equals: ["NetworkActivity"] }] }],
      "no",
      "data-events-only",
    ],
    [
      "data beside management",
      [{ field_selector: [{ field: "eventCategory", equals: ["Data"] }] }, { field_selector: [MANAGEMENT] }],
      "yes",
      undefined,
    ],
    [
      "category not known",
      [{ field_selector: [{ field: "eventCategory", equals: LATER }] }],
      "maybe",
      undefined,
    ],
    ["field not known", [{ field_selector: [{ field: LATER, equals: ["Management"] }] }], "maybe", undefined],
    [
      "writes alone",
      [{ field_selector: [MANAGEMENT, { field: "readOnly", equals: ["false"] }] }],
      "no",
      "write-only",
    ],
    [
      "reads alone",
      [{ field_selector: [MANAGEMENT, { field: "readOnly", equals: [true] }] }],
      "no",
      "read-only",
    ],
    [
      "read or write not known",
      [{ field_selector: [MANAGEMENT, { field: "readOnly", equals: [LATER] }] }],
      "maybe",
      undefined,
    ],
    [
      "reads and writes from two",
      [
        { field_selector: [MANAGEMENT, { field: "readOnly", equals: ["true"] }] },
        { field_selector: [MANAGEMENT, { field: "readOnly", equals: ["false"] }] },
      ],
      "yes",
      undefined,
    ],
    [
      "a source left out",
      [{ field_selector: [MANAGEMENT, { field: "eventSource", not_equals: [KMS] }] }],
      "no",
      "source-excluded",
    ],
    [
      "a source left out that is not known",
      [{ field_selector: [MANAGEMENT, { field: "eventSource", not_equals: [LATER] }] }],
      "maybe",
      undefined,
    ],
    [
      "a single source",
      [{ field_selector: [MANAGEMENT, { field: "eventSource", equals: [KMS] }] }],
      "no",
      "narrowed",
    ],
    [
      "sources by their beginning",
      [{ field_selector: [MANAGEMENT, { field: "eventSource", not_starts_with: ["kms"] }] }],
      "no",
      "narrowed",
    ],
    [
      "the source one leaves out, another takes",
      [
        { field_selector: [MANAGEMENT, { field: "eventSource", not_equals: [KMS] }] },
        { field_selector: [MANAGEMENT, { field: "eventSource", equals: [KMS] }] },
      ],
      "yes",
      undefined,
    ],
    [
      "some events by name",
      [{ field_selector: [MANAGEMENT, { field: "eventName", equals: ["RunInstances"] }] }],
      "no",
      "narrowed",
    ],
    [
      "the source one leaves out, another takes by its beginning",
      besides({ starts_with: ["s3.", "kms."] }),
      "yes",
      undefined,
    ],
    [
      "the source one leaves out, another takes by its end",
      besides({ ends_with: [".amazonaws.com"] }),
      "yes",
      undefined,
    ],
    [
      "the source one leaves out, another does not take",
      besides({ starts_with: ["s3."] }),
      "no",
      "source-excluded",
    ],
    ["nor by its end", besides({ ends_with: [".aws"] }), "no", "source-excluded"],
    [
      "the source one leaves out, others left out by another",
      besides({ not_starts_with: ["s3."] }),
      "yes",
      undefined,
    ],
    ["others left out by their end", besides({ not_ends_with: [".aws"] }), "yes", undefined],
    ["left out by its beginning too", besides({ not_starts_with: ["s3.", "kms."] }), "no", "source-excluded"],
    ["left out by its end too", besides({ not_ends_with: [".amazonaws.com"] }), "no", "source-excluded"],
    ["by a beginning not known", besides({ starts_with: ["s3.", LATER] }), "maybe", undefined],
    ["not by a beginning not known", besides({ not_starts_with: [LATER] }), "maybe", undefined],
    [
      "sources by a beginning not known",
      [{ field_selector: [MANAGEMENT, { field: "eventSource", starts_with: [LATER] }] }],
      "maybe",
      undefined,
    ],
    [
      "reads of one source, all writes",
      [
        { field_selector: [MANAGEMENT, READS, { field: "eventSource", equals: [KMS] }] },
        { field_selector: [MANAGEMENT, WRITES] },
      ],
      "no",
      "narrowed",
    ],
    [
      "writes of one source, all reads",
      [
        { field_selector: [MANAGEMENT, WRITES, { field: "eventSource", equals: [KMS] }] },
        { field_selector: [MANAGEMENT, READS] },
      ],
      "no",
      "narrowed",
    ],
    [
      "data alone, twice",
      [
        { field_selector: [{ field: "eventCategory", equals: ["Data"] }] },
        { field_selector: [READS, { field: "eventCategory", equals: ["NetworkActivity"] }] },
      ],
      "no",
      "data-events-only",
    ],
    [
      "data, and some events by name",
      [
        { field_selector: [{ field: "eventCategory", equals: ["Data"] }] },
        { field_selector: [MANAGEMENT, { field: "eventName", equals: ["RunInstances"] }] },
      ],
      "no",
      "narrowed",
    ],
    [
      "a category in other words",
      [{ field_selector: [{ field: "eventCategory", not_equals: ["Data"] }] }],
      "maybe",
      undefined,
    ],
    [
      "a category, and in other words",
      [{ field_selector: [{ ...MANAGEMENT, not_equals: ["Data"] }] }],
      "maybe",
      undefined,
    ],
    ["a category without a value", [{ field_selector: [{ field: "eventCategory" }] }], "maybe", undefined],
    [
      "reads or writes without a value",
      [{ field_selector: [MANAGEMENT, { field: "readOnly" }] }],
      "maybe",
      undefined,
    ],
    [
      "reads by their beginning",
      [{ field_selector: [MANAGEMENT, { field: "readOnly", starts_with: ["t"] }] }],
      "maybe",
      undefined,
    ],
    [
      "events by a name not known",
      [{ field_selector: [MANAGEMENT, { field: "eventName", equals: [LATER] }] }],
      "maybe",
      undefined,
    ],
    [
      "events by name, without a value",
      [{ field_selector: [MANAGEMENT, { field: "eventName" }] }],
      "maybe",
      undefined,
    ],
    [
      "events by one name, and not by others that are not known",
      [{ field_selector: [MANAGEMENT, { field: "eventName", equals: ["RunInstances"], not_equals: LATER }] }],
      "no",
      "narrowed",
    ],
    ["no field", [{ field_selector: [] }], "maybe", undefined],
    [
      "no category at all",
      [{ field_selector: [{ field: "readOnly", equals: ["true"] }] }],
      "no",
      "read-only",
    ],
  ])("%s", (_story, selectors, answer, how) => {
    const judged = recordsManagementEvents(
      reader({ event_selector: [], advanced_event_selector: selectors }),
    );
    expect(judged.attribute).toBe("advanced_event_selector");
    expect({ answer: judged.answer, how: judged.how }).toEqual({ answer, how });
  });

  test("both kinds at once are not decided", () => {
    const trail = reader({
      event_selector: [{}],
      advanced_event_selector: [{ field_selector: [MANAGEMENT] }],
    });
    expect(recordsManagementEvents(trail).answer).toBe("maybe");
  });

  test("classic selectors not known leave good advanced ones open", () => {
    const trail = reader({
      event_selector: LATER,
      advanced_event_selector: [{ field_selector: [MANAGEMENT] }],
    });
    expect(recordsManagementEvents(trail)).toEqual({
      answer: "maybe",
      how: undefined,
      attribute: "event_selector",
    });
  });
});
