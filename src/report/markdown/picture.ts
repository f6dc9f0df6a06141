// The chain as a Mermaid flow chart, which GitHub and GitLab draw inside a comment.

import type { ChainLink, Finding } from "../../model/finding.ts";
import { inMermaid } from "../escape.ts";

/** What the picture says of a state, in words and in colour. */
export const LINK_STATES: Readonly<
  Record<ChainLink["state"], { readonly word: string; readonly symbol: string }>
> = {
  holds: { word: "holds", symbol: "✅" },
  breaks: { word: "breaks", symbol: "❌" },
  unknown: { word: "unknown", symbol: "❔" },
  "not-reached": { word: "not reached", symbol: "▫️" },
};

export function picture({ chain }: Finding): string {
  const nodes = chain.map(({ link, state, evidence }) => {
    const place = evidence.at(-1)?.place.address;
    const parts = [link, LINK_STATES[state].word, ...(place === undefined ? [] : [place])];
    return `  ${link}["${parts.map(inMermaid).join("<br/>")}"]:::${state.replace("-", "")}`;
  });
  const edges = chain.slice(1).map(({ link, state }, position) => {
    const from = chain[position]?.link ?? link;
    return `  ${from} ${state === "holds" || state === "unknown" ? "-->" : "-.->"} ${link}`;
  });
  return [
    "```mermaid",
    "flowchart TD",
    ...nodes,
    ...edges,
    "  classDef holds fill:#dafbe1,stroke:#1a7f37,color:#0b3d1a",
    "  classDef breaks fill:#ffebe9,stroke:#cf222e,stroke-width:3px,color:#5a0d14",
    "  classDef unknown fill:#fff8c5,stroke:#9a6700,stroke-dasharray:6 3,color:#4d3400",
    "  classDef notreached fill:#f6f8fa,stroke:#8c959f,stroke-dasharray:2 4,color:#424a53",
    "```",
  ].join("\n");
}
