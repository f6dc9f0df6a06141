// Reads XML as strictly as its specification asks of what JUnit files use: elements, attributes, character references.
// Throws where a real parser would refuse the document.

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  name: string;
  attributes: Record<string, string>;
  children: XmlElement[];
  text: string;
}

const TOKEN = /<\?xml [^?]*\?>|<\/([\w.-]+)\s*>|<([\w.-]+)((?:\s+[\w.-]+="[^"<]*")*)\s*(\/?)>|([^<]+)/gy;

export function parseXml(document: string): XmlElement {
  // Source: https://www.w3.org/TR/xml/#charsets
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(document))
    throw new Error("a forbidden character");
  const stack: Open[] = [{ name: "", attributes: {}, children: [], text: "" }];
  let end = 0;
  for (const [token, closing, opening, attributes = "", selfClosing, text] of document.matchAll(TOKEN)) {
    end += token.length;
    const top = stack.at(-1);
    if (top === undefined) throw new Error("closed too often");
    if (text !== undefined) top.text += decoded(text);
    if (opening !== undefined) {
      const element = { name: opening, attributes: attributesOf(attributes), children: [], text: "" };
      top.children.push(element);
      if (selfClosing === "") stack.push(element);
    }
    if (closing !== undefined && stack.pop()?.name !== closing)
      throw new Error(`</${closing}> closes nothing`);
  }
  if (end !== document.length) throw new Error(`not XML at ${document.slice(end, end + 40)}`);
  const [root] = stack;
  const [only] = root?.children ?? [];
  if (stack.length !== 1 || root?.children.length !== 1 || only === undefined)
    throw new Error("not one root");
  return only;
}

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w.-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
    name,
    decoded(value),
  ]);
  const names = pairs.map(([name]) => name);
  if (new Set(names).size !== names.length) throw new Error("an attribute stands twice");
  return Object.fromEntries(pairs);
}

function decoded(text: string): string {
  if (/&(?!#\d+;)|\]\]>/.test(text)) throw new Error(`bare & or ]]> in ${text}`);
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}
