// What a CloudTrail trail records: region scope, logging, and which management events its selectors let through.
// Where the events are delivered to is not looked at here.

import type { SelectorGap } from "../model/finding.ts";
import { all, any, child, elementsOf, isTrue, not, stringOf, type Tri, type Value } from "../model/value.ts";
import { type Attributes, type Judgement, judgeEach } from "./attributes.ts";

/**
 * Whether the trail records all regions. The provider's default is false.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudtrail (is_multi_region_trail)
 */
export function isMultiRegion(trail: Attributes): Judgement {
  const answer = judgeEach(trail.read("is_multi_region_trail"), (value) => isTrue(value, false));
  return { answer, attribute: "is_multi_region_trail" };
}

/**
 * Whether the trail is switched on. The provider's default is true.
 * Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/cloudtrail (enable_logging)
 */
export function isLogging(trail: Attributes): Judgement {
  const answer = judgeEach(trail.read("enable_logging"), (value) => isTrue(value, true));
  return { answer, attribute: "enable_logging" };
}

/**
 * Whether the trail records the events of every account of the organization. The provider's default is false.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html (events of all
 * accounts go to the log group of the management account); member accounts cannot change such a trail.
 */
export function isOrganizationTrail(trail: Attributes): Judgement {
  const answer = judgeEach(trail.read("is_organization_trail"), (value) => isTrue(value, false));
  return { answer, attribute: "is_organization_trail" };
}

export interface ManagementEvents extends Judgement {
  /** What is left out; `undefined` unless the answer is "no". */
  readonly how: SelectorGap | undefined;
}

/**
 * Whether the trail records every management event, read and write, of every service.
 *
 * Without selectors a trail records them all. Several selectors add up: an event is recorded when one of them
 * takes it, so reads and writes may come from two. Cost: selectors × sources they name.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html,
 * API_EventSelector.html and API_AdvancedFieldSelector.html; removing the blocks restores the default selector
 * (terraform-provider-aws internal/service/cloudtrail/trail.go, setEventSelectors).
 */
export function recordsManagementEvents(trail: Attributes): ManagementEvents {
  const classic = elementsOf(trail.read("event_selector"));
  const advanced = elementsOf(trail.read("advanced_event_selector"));
  if (classic === undefined) return { answer: "maybe", how: undefined, attribute: "event_selector" };
  if (advanced === undefined)
    return { answer: "maybe", how: undefined, attribute: "advanced_event_selector" };
  if (classic.length > 0 && advanced.length > 0) {
    // The provider refuses both at once, so nothing says which one would stay.
    return { answer: "maybe", how: undefined, attribute: "advanced_event_selector" };
  }
  if (advanced.length > 0) return judge(advanced.map(advancedSelector), "advanced_event_selector");
  if (classic.length > 0) return judge(classic.map(classicSelector), "event_selector");
  return { answer: "yes", how: undefined, attribute: "event_selector" };
}

/** A kind of management event: what it does and which service it comes from; `undefined`: any not named. */
interface EventKind {
  readonly readOnly: boolean;
  readonly source: string | undefined;
}

interface Selector {
  /** Sources it names, so that they have to be looked at one by one. */
  readonly sources: readonly string[];
  /** Why it takes no management event at all, by its own words. */
  readonly without: SelectorGap | undefined;
  takes(kind: EventKind): Tri;
}

function judge(selectors: readonly Selector[], attribute: string): ManagementEvents {
  const sources = [undefined, ...new Set(selectors.flatMap((selector) => selector.sources))];
  const takes = (readOnly: boolean, source: string | undefined) =>
    any(selectors.map((selector) => selector.takes({ readOnly, source })));
  const reads = sources.map((source) => takes(true, source));
  const writes = sources.map((source) => takes(false, source));
  const answer = all([...reads, ...writes]);
  if (answer !== "no") return { answer, how: undefined, attribute };
  return { answer, how: gap(selectors, reads, writes), attribute };
}

function gap(selectors: readonly Selector[], reads: readonly Tri[], writes: readonly Tri[]): SelectorGap {
  const none = (answers: readonly Tri[]) => answers.every((answer) => answer === "no");
  if (none(reads) && none(writes)) {
    const [first, ...others] = selectors.map(({ without }) => without);
    return first !== undefined && others.every((other) => other === first) ? first : "narrowed";
  }
  if (none(reads)) return "write-only";
  if (none(writes)) return "read-only";
  // The first place stands for every source that no selector names.
  return reads[0] !== "no" && writes[0] !== "no" ? "source-excluded" : "narrowed";
}

function classicSelector(block: Value): Selector {
  const includes = judgeEach(child(block, "include_management_events"), (value) => isTrue(value, true));
  const excluded = texts(child(block, "exclude_management_event_sources"));
  const readWrite = child(block, "read_write_type");
  return {
    sources: excluded.known,
    without: includes === "no" ? "no-management-events" : undefined,
    takes: ({ readOnly, source }) =>
      all([
        includes,
        judgeEach(readWrite, (value) => readWriteTakes(value, readOnly)),
        not(holds(excluded, source)),
      ]),
  };
}

function readWriteTakes(value: Value, readOnly: boolean): Tri {
  if (value.kind !== "known") return "maybe";
  const type = stringOf(value) || "All";
  return type === "All" || type === (readOnly ? "ReadOnly" : "WriteOnly") ? "yes" : "no";
}

function advancedSelector(block: Value): Selector {
  const fields = elementsOf(child(block, "field_selector"));
  if (fields === undefined) return { sources: [], without: undefined, takes: () => "maybe" };
  const conditions = fields.map(fieldCondition);
  // Every selector has to name the category, so one without it is not what it seems.
  const categorized = fields.some((field) => stringOf(child(field, "field")) === "eventCategory");
  return {
    sources: conditions.flatMap((condition) => condition.sources),
    without: conditions.find((condition) => condition.without !== undefined)?.without,
    takes: (kind) =>
      all([categorized ? "yes" : "maybe", ...conditions.map((condition) => condition.takes(kind))]),
  };
}

const OPERATORS = [
  "equals",
  "not_equals",
  "starts_with",
  "not_starts_with",
  "ends_with",
  "not_ends_with",
] as const;

/** One `field_selector`: the event's field has to meet every operator given. */
function fieldCondition(block: Value): Selector {
  const field = stringOf(child(block, "field"));
  const lists = OPERATORS.map((operator) => ({ operator, values: texts(child(block, operator)) }));
  const given = lists.filter(({ values }) => values.known.length > 0 || values.more);
  const equals = texts(child(block, "equals"));
  switch (field) {
    case undefined:
      return { sources: [], without: undefined, takes: () => "maybe" };
    case "eventCategory":
      return {
        sources: [],
        without: holds(equals, "Management") === "no" ? "data-events-only" : undefined,
        takes: () => onlyEquals(given) ?? holds(equals, "Management"),
      };
    case "readOnly":
      return {
        sources: [],
        without: undefined,
        takes: ({ readOnly }) => onlyEquals(given) ?? holds(equals, String(readOnly)),
      };
    case "eventSource":
      return {
        sources: lists.flatMap(({ values }) => values.known),
        without: undefined,
        takes: ({ source }) =>
          all(given.map(({ operator, values }) => sourceMeets(operator, values, source))),
      };
    default:
      // Any other field leaves out some management events: there are some with every value.
      return { sources: [], without: undefined, takes: () => (given.some(isCertain) ? "no" : "maybe") };
  }
}

interface Operands {
  readonly operator: (typeof OPERATORS)[number];
  readonly values: Texts;
}

const isCertain = ({ values }: Operands) => values.known.length > 0;

/** eventCategory and readOnly take `equals` alone, so anything else is not understood. */
function onlyEquals(given: readonly Operands[]): Tri | undefined {
  return given.length === 0 || given.some(({ operator }) => operator !== "equals") ? "maybe" : undefined;
}

function sourceMeets(operator: Operands["operator"], values: Texts, source: string | undefined): Tri {
  switch (operator) {
    case "equals":
      return holds(values, source);
    case "not_equals":
      return not(holds(values, source));
    case "starts_with":
    case "ends_with":
    case "not_starts_with":
    case "not_ends_with":
      return affixMeets(operator, values, source);
    default:
      return operator satisfies never;
  }
}

function affixMeets(operator: string, values: Texts, source: string | undefined): Tri {
  // Among all sources nobody named, some begin (or end) with the text and some do not.
  if (source === undefined) return values.known.length > 0 ? "no" : "maybe";
  const fits = values.known.some((text) =>
    operator.endsWith("starts_with") ? source.startsWith(text) : source.endsWith(text),
  );
  const found: Tri = fits ? "yes" : values.more ? "maybe" : "no";
  return operator.startsWith("not_") ? not(found) : found;
}

/** A list of strings as far as it is known; `more`: it may hold others. */
interface Texts {
  readonly known: readonly string[];
  readonly more: boolean;
}

function texts(value: Value): Texts {
  const elements = elementsOf(value);
  if (elements === undefined) return { known: [], more: true };
  const known = elements.map(stringOf).filter((text) => text !== undefined);
  return { known, more: elements.some((element) => element.kind !== "known") };
}

/** Whether the list holds the text; `undefined` stands for a text that nobody wrote. */
function holds(list: Texts, text: string | undefined): Tri {
  if (text !== undefined && list.known.includes(text)) return "yes";
  return list.more ? "maybe" : "no";
}
