// The known name that somebody may have meant.

/** The closest of `known`, by letters changed; `undefined` when none is close enough to be a slip. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  const wanted = written.toLowerCase();
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const name of known) {
    // The difference in length alone is a lower bound, so hostile lengths cost nothing.
    if (Math.abs(name.length - wanted.length) >= least) continue;
    const changes = isAnagram(wanted, name) ? 1 : changesBetween(wanted, name.toLowerCase());
    if (changes >= least) continue;
    best = name;
    least = changes;
  }
  return best;
}

/** All the letters, in another order: one slip, however far they moved. */
function isAnagram(wanted: string, name: string): boolean {
  return [...wanted].toSorted().join("") === [...name.toLowerCase()].toSorted().join("");
}

/** Letters to add, drop, replace or swap with their neighbour. Cost: product of the lengths. */
function changesBetween(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current.push(
        Math.min(
          (current[j - 1] ?? 0) + 1,
          (previous[j] ?? 0) + 1,
          (previous[j - 1] ?? 0) + same,
          swapped ? (before[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** `"a", "b", "c"`. */
export function quoted(names: Iterable<string>): string {
  return [...names].map((name) => JSON.stringify(name)).join(", ");
}
