// The chain as a drawing: five links that hook into each other. What breaks is open and red, what is not known is
// hatched and amber, what was not reached is dotted and grey; each says its state in words as well.

import type { ChainLink } from "../../model/finding.ts";
import { html, type Markup } from "./markup.ts";

export const STATE_WORDS: Readonly<Record<ChainLink["state"], string>> = {
  holds: "holds",
  breaks: "breaks",
  unknown: "unknown",
  "not-reached": "not reached",
};

/** Units of the drawing, which scales with the page: a phone shows it at about half. */
const LINK = { width: 158, height: 74, step: 138 } as const;
const MARGIN = 8;

/** `id` tells several drawings of one page apart. */
export function chainDrawing(chain: readonly ChainLink[], id: string): Markup {
  const width = MARGIN * 2 + LINK.step * (chain.length - 1) + LINK.width;
  const said = chain.map(({ link, state }) => `${link} ${STATE_WORDS[state]}`).join(", ");
  return html`<svg class="chain" viewBox="0 0 ${width} 142" role="img" aria-labelledby="${id}-title">
<title id="${id}-title">The chain: ${said}</title>
<defs><pattern id="${id}-hatch" width="9" height="9" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="hatch" d="M0 0V9"/></pattern></defs>
${chain.map((link, position) => drawnLink(link, MARGIN + LINK.step * position, id))}
</svg>`;
}

function drawnLink({ link, state }: ChainLink, x: number, id: string): Markup {
  const middle = x + LINK.width / 2;
  const fill = state === "unknown" ? html` fill="url(#${id}-hatch)"` : html` fill="none"`;
  return html`<g class="${state}">
<rect class="ring" x="${x}" y="10" width="${LINK.width}" height="${LINK.height}" rx="37"${fill}/>
<path class="mark" d="${MARKS[state]}" transform="translate(${middle} 47)"/>
<text class="name" x="${middle}" y="112">${link}</text>
<text class="state" x="${middle}" y="135">${STATE_WORDS[state]}</text>
</g>`;
}

/** Drawn, not written: fonts without the symbols would show boxes. */
const MARKS: Readonly<Record<ChainLink["state"], string>> = {
  holds: "M-15 1 -5 11 15 -11",
  breaks: "M-12 -12 12 12M12 -12 -12 12",
  unknown: "M-8 -7C-8 -16 9 -16 9 -6 9 1 0 1 0 8M0 14V16",
  "not-reached": "M-14 0H-13M0 0H1M14 0H15",
};
