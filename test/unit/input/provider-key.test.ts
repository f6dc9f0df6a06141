import { describe, expect, it } from "vitest";
import { providerFor } from "../../../src/input/provider-key.ts";

describe("the provider configuration of a resource", () => {
  const cases: [string, string, string[], string[], string][] = [
    ["written as it is", "aws.eu", [], ["aws", "aws.eu"], "aws.eu"],
    ["of the module itself", "module.a:aws", ["a"], ["aws", "module.a:aws"], "module.a:aws"],
    ["of the module, by the name of its call", "a:aws", ["a"], ["aws", "module.a:aws"], "module.a:aws"],
    [
      "of a deep module, by the name of its call",
      "b:aws",
      ["a", "b"],
      ["aws", "module.a.module.b:aws"],
      "module.a.module.b:aws",
    ],
    ["inherited from the module above", "b:aws", ["a", "b"], ["aws", "module.a:aws"], "module.a:aws"],
    ["inherited from the root module", "b:aws", ["a", "b"], ["aws"], "aws"],
    ["inherited, nowhere written", "b:aws", ["a", "b"], [], "aws"],
    ["of a cousin with the same call name", "b:aws", ["c", "b"], ["aws", "module.a.module.b:aws"], "aws"],
    ["passed under an alias", "b:aws.eu", ["b"], ["aws"], "b:aws.eu"],
    ["not said", "", ["b"], ["aws"], ""],
  ];
  it.each(cases)("%s", (_name, key, path, written, expected) => {
    expect(providerFor(key, new Set(written), () => path)).toBe(expected);
  });
});
