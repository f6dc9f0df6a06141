// A map whose values are made when they are first asked for.

/** `make` is called once for each key that is asked for. */
export class LazyMap<Raw, Value> implements ReadonlyMap<string, Value> {
  readonly #raw: ReadonlyMap<string, Raw>;
  readonly #make: (raw: Raw, key: string) => Value;
  readonly #made = new Map<string, Value>();

  constructor(raw: ReadonlyMap<string, Raw>, make: (raw: Raw, key: string) => Value) {
    this.#raw = raw;
    this.#make = make;
  }

  get size(): number {
    return this.#raw.size;
  }

  has(key: string): boolean {
    return this.#raw.has(key);
  }

  get(key: string): Value | undefined {
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const raw = this.#raw.get(key);
    if (raw === undefined) return undefined;
    const value = this.#make(raw, key);
    this.#made.set(key, value);
    return value;
  }

  keys(): MapIterator<string> {
    return this.#raw.keys();
  }

  *entries(): MapIterator<[string, Value]> {
    for (const key of this.#raw.keys()) yield [key, this.get(key) as Value];
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  forEach(use: (value: Value, key: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [key, value] of this) use(value, key, this);
  }
}
