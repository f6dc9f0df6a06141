// Every sentence about a finding: causes, remarks and notes as data come in, words go out. Text as the inputs hold
// it is passed on as it is; making it harmless is the business of escape.ts.

import type { Cause, CauseCode, Finding, Note, Remark } from "../model/finding.ts";
import { ACCOUNT_TELLERS } from "./words/account.ts";
import { ACTION_TELLERS } from "./words/action.ts";
import { ALARM_TELLERS } from "./words/alarm.ts";
import { ANY_LINK_TELLERS } from "./words/any-link.ts";
import { droppedWithout, FILTER_TELLERS } from "./words/filter.ts";
import { SUBSCRIPTION_TELLERS } from "./words/subscription.ts";
import { type CauseByCode, eventText, type Tellers, told, type Wording } from "./words/told.ts";
import { TRAIL_TELLERS } from "./words/trail.ts";

const TELLERS: Tellers = {
  ...TRAIL_TELLERS,
  ...FILTER_TELLERS,
  ...ALARM_TELLERS,
  ...ACTION_TELLERS,
  ...SUBSCRIPTION_TELLERS,
  ...ANY_LINK_TELLERS,
};

/** What is so, what else the reader needs, and what to do; the place is the caller's to put before it. */
export function tellCause(cause: Cause): Wording {
  const wording = tellAs(cause.code, cause);
  return cause.inAccount === undefined ? wording : { ...wording, ...tellInAccount(cause.code, cause) };
}

function tellInAccount<C extends CauseCode>(code: C, cause: CauseByCode[C]): Partial<Wording> {
  return ACCOUNT_TELLERS[code](cause);
}

function tellAs<C extends CauseCode>(code: C, cause: CauseByCode[C]): Wording {
  return TELLERS[code](cause);
}

/** A finding in one sentence: its main cause, or that there is none. */
export function tellFinding({ verdict, link, causes: [main] }: Finding): string {
  if (main !== undefined) return tellCause(main).sentence;
  const where = link === undefined ? "" : ` at ${link}`;
  switch (verdict) {
    case "satisfied":
      return "everything the control asks for is there";
    case "violated":
      return `what the control asks for is not there${where}`;
    case "undecided":
      return `whether what the control asks for is there is not decided${where}`;
    default:
      return verdict satisfies never;
  }
}

/** Said beside a verdict that it does not change. */
export function tellRemark(remark: Remark): string {
  switch (remark.code) {
    case "pattern-counts-more":
      return `the pattern also counts calls that the control does not ask for, such as ${eventText(remark.event)}`;
    case "patterns-cover-together":
      return "no single filter counts every call that the control wants; together they do";
    case "pending-accepted":
      return "the subscription has yet to be confirmed; accepted by --accept-pending";
    case "assumption-used":
      return `taken as given: "${remark.assumption}", because ${remark.reason}`;
    case "rights-not-seen":
      return `the ${SEEN_FROM_AFAR[remark.what]} in the inputs, and is taken to do its part`;
    case "break-taken-as-remark":
      return remark.proven
        ? `${remark.cause} would break the chain here; the configuration takes it as a remark`
        : `${remark.cause} may break the chain here; the configuration takes it as a remark`;
    case "exclusion-drops-events":
      return droppedWithout(remark.selectors);
    case "more-than-one-event-needed":
      return `it takes ${remark.count} events within one period to set the alarm off`;
    case "alarm-muted-at-times":
      return "a mute rule keeps this alarm silent at times; an event in such a time tells nobody at once";
    case "references-without-literals":
      return "the plan's JSON lists what an expression refers to, not the texts written beside it";
    case "organization-trail-counts":
      return `the trail of account ${remark.account} records the whole organization, to which ${remark.asked.join(", ")} is taken to belong`;
    case "partial-plan":
      return MODES[remark.mode];
    case "reading-chosen":
      return `AWS documents no rule here; read as: ${remark.reading}`;
    default:
      return remark satisfies never;
  }
}

const SEEN_FROM_AFAR = {
  role: "role that CloudTrail writes with is not",
  queue: "queue behind the subscription is not",
  function: "function behind the subscription is not",
  stream: "delivery stream or its role is not",
} as const;

const MODES = {
  "refresh-only": "a refresh-only plan: it tells how things are, not what the code would change",
  destroy: "a destroy plan: it removes what it manages",
  partial: "a plan made with -target or -exclude: objects left out of it are as they were",
} as const;

/** Something about the run; the place is the caller's to put before the sentence. */
export function tellNote({ code, subject, detail }: Note): Wording {
  switch (code) {
    case "waiver-unused":
      return told(
        `the waiver for ${subject}${detail === undefined ? "" : ` at ${detail}`} accepts nothing any more`,
        "remove the waiver",
      );
    case "waiver-expired":
      return told(
        `the waiver for ${subject} no longer counts${detail === undefined ? "" : `: it expired on ${detail}`}`,
        "repair what it accepted, or give it a new reason and date",
      );
    case "assumption-unused":
      return told(`the assumption about ${subject} was not needed`, "remove the assumption");
    case "sources-do-not-fit":
      return told(
        `the sources do not belong to this plan: ${detail ?? subject}`,
        "give the code that the plan was made from: --source DIR",
      );
    case "benchmark-has-no-number":
      return told(`${subject} has no number in ${detail ?? "this benchmark"}`);
    case "more-controls-exist":
      return told(
        `one control was checked${detail === undefined ? "" : `, ${detail} more exist`}`,
        "check a whole benchmark with --benchmark NAME@VERSION, or pick controls with --control ID",
      );
    case "state-is-checked":
      return told("a state tells what is, not what an apply will change");
    case "input-outdated":
      return told(
        `differs from what ${subject} knows of the same objects${of(detail)}; ${subject} counts`,
        "give a state of the moment at which the plan was made",
      );
    case "inputs-contradict":
      return told(
        `says other things than ${subject} of the same objects${of(detail)}; what differs counts as not known`,
        "give inputs of one moment: plan both stacks again",
      );
    case "remote-state-taken":
      return told(`${subject} is taken to read the outputs of ${detail ?? "another input"}`);
    case "output-not-given":
      return told(`${subject} is taken to be in order: no output tells of it`, detail);
    case "output-region-taken":
      return told(
        `this output is empty and names no region; it is taken to be of ${detail ?? "the trail's region"}`,
        `put it in a folder called ${detail ?? "REGION"}`,
      );
    case "output-not-read":
      return told("this file is not the output of a command that an audit reads");
    case "command-refused":
      return told(
        `AWS did not answer "${subject}"${detail === undefined ? "" : `: ${detail}`}`,
        "allow it to whoever audits, and ask again",
      );
    default:
      return code satisfies never;
  }
}

function of(detail: string | undefined): string {
  return detail === undefined ? "" : `: ${detail}`;
}
