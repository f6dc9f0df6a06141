import { describe, expect, it } from "vitest";
import { show, spoken, withoutTokens } from "../../../src/evaluate/evidence.ts";
import { known } from "../../../src/model/value.ts";

describe("web addresses", () => {
  it.each([
    ["nothing to hide", "https://example.com", "https://example.com"],
    ["a root", "https://example.com/", "https://example.com/"],
    ["a path", "https://hooks.example.com/services/T0/B0/key", "https://hooks.example.com/(hidden)"],
    ["a query", "https://api.example.com?apiKey=key", "https://api.example.com/(hidden)"],
    ["a fragment", "https://example.com/#key", "https://example.com/(hidden)"],
    ["user and password", "https://user:key@example.com", "https://example.com/(hidden)"],
    ["two at signs", "http://user:k@ey@example.com/", "http://example.com/(hidden)"],
    ["capitals and blanks", "  HTTPS://example.com/key", "HTTPS://example.com/(hidden)"],
    ["backslashes", "https:\\\\example.com\\key", "https://example.com/(hidden)"],
    ["an ARN", "arn:aws:sqs:eu-west-1:111122223333:inbox", "arn:aws:sqs:eu-west-1:111122223333:inbox"],
  ])("with %s", (_, text, shown) => {
    expect(withoutTokens(text)).toBe(shown);
  });

  it("are shortened wherever a value is shown", () => {
    const endpoint = known("https://example.com/hook?token=key");
    expect(show(endpoint)).toEqual({ kind: "text", text: "https://example.com/(hidden)" });
    expect(spoken(endpoint)).toBe("https://example.com/(hidden)");
    expect(spoken(known("key", true))).toBe("(sensitive)");
  });
});
