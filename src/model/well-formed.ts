// Text that can be written down: JSON may hold halves of characters, which have no bytes in any encoding.

/** Each half is replaced, as Go does when it reads JSON; `encodeURIComponent` throws on what is left alone. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
