// How the page looks: one column, light and dark, on paper without colour bleeding away. No user text comes here.

export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1f2328; --faint: #59636e; --line: #d1d9e0; --soft: #f6f8fa; --link: #0550ae;
  --good: #116329; --bad: #a40e26; --open: #7d4e00; --off: #656d76;
  --good-soft: #dafbe1; --bad-soft: #ffebe9; --open-soft: #fff8c5;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --text: #e6edf3; --faint: #9198a1; --line: #3d444d; --soft: #151b23; --link: #79b8ff;
    --good: #56d364; --bad: #ff8078; --open: #e3b341; --off: #9198a1;
    --good-soft: #12261e; --bad-soft: #2f1518; --open-soft: #2a220f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 0 0 .25rem; }
h3 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .4rem 0; }
a { color: var(--link); overflow-wrap: anywhere; }
section { border-top: 1px solid var(--line); margin-top: 2.5rem; padding-top: 1.5rem; }
code, pre { font: .875em/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; }
code { overflow-wrap: anywhere; }
pre {
  margin: .4rem 0; padding: .75rem; border: 1px solid var(--line); border-radius: 6px; background: var(--soft);
  white-space: pre-wrap; overflow-wrap: anywhere;
}
.faint { color: var(--faint); }
.badge {
  display: inline-block; padding: .1rem .55rem; border: 2px solid currentColor; border-radius: 1rem;
  font-size: .8rem; font-weight: 700; letter-spacing: .03em; text-transform: uppercase; vertical-align: .12em;
}
.satisfied { color: var(--good); background: var(--good-soft); }
.violated { color: var(--bad); background: var(--bad-soft); }
.undecided, .waived { color: var(--open); background: var(--open-soft); border-style: dashed; }
.cause { border-left: 4px solid var(--bad); padding: .1rem 0 .1rem 1rem; margin: 1.25rem 0; }
.cause.open { border-left-style: dashed; border-color: var(--open); }
.cause > p:first-child { font-weight: 600; }
.help { border: 1px solid var(--line); border-radius: 6px; padding: .5rem .75rem; background: var(--soft); }
table { width: 100%; border-collapse: collapse; font-size: .9rem; margin: .5rem 0; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-top: 1px solid var(--line); }
th { font-weight: 600; }
ul { padding-left: 1.2rem; margin: .4rem 0; }
svg.chain { display: block; width: 100%; max-width: 46rem; height: auto; margin: 1.25rem 0; }
.chain .ring { stroke: var(--good); stroke-width: 9; }
.chain .mark { fill: none; stroke: var(--good); stroke-width: 6; stroke-linecap: round; stroke-linejoin: round; }
.chain .hatch { stroke: var(--open); stroke-width: 2; }
.chain .breaks .ring { stroke: var(--bad); stroke-dasharray: 96 34; stroke-dashoffset: -10; }
.chain .breaks .mark { stroke: var(--bad); stroke-width: 8; }
.chain .unknown .ring { stroke: var(--open); stroke-dasharray: 18 9; }
.chain .unknown .mark { stroke: var(--open); }
.chain .not-reached .ring { stroke: var(--off); stroke-width: 4; stroke-dasharray: 1 10; stroke-linecap: round; }
.chain .not-reached .mark { stroke: var(--off); }
.chain text { fill: var(--text); text-anchor: middle; }
.chain .name { font-size: 22px; font-weight: 600; }
.chain .state { font-size: 20px; fill: var(--faint); }
@media (max-width: 40rem) {
  body { padding: 1rem .75rem 3rem; }
  table.wide, table.wide tbody, table.wide tr, table.wide th, table.wide td { display: block; }
  table.wide thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  table.wide td, table.wide th { border: 0; padding: .1rem 0; }
  table.wide tr { border-top: 1px solid var(--line); padding: .4rem 0; }
}
@media print {
  :root {
    --page: #fff; --text: #000; --faint: #444; --line: #bbb; --soft: #f5f5f5; --link: #000;
    --good: #116329; --bad: #a40e26; --open: #7d4e00; --off: #656d76;
    --good-soft: #fff; --bad-soft: #fff; --open-soft: #fff;
  }
  body { max-width: none; padding: 0; font-size: 10pt; }
  svg.chain, .cause, tr { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  svg.chain { max-width: 16cm; print-color-adjust: exact; }
}
`;
