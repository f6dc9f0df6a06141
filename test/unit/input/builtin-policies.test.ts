import { expect, it } from "vitest";
import { builtinPolicies, compilePolicies, somePolicies } from "../../../src/input/builtin-policies.ts";
import { readPolicyFiles } from "../../tools/builtin.ts";

const POLICIES = (await readPolicyFiles()).map(({ policy }) => policy);

it("compiled policies come back as they were", () => {
  expect(builtinPolicies(compilePolicies(POLICIES))).toEqual(POLICIES);
});

it("some of them say how many there are in all", () => {
  const [first] = POLICIES;
  expect(first && somePolicies(compilePolicies([first], POLICIES.length))).toEqual({
    policies: [first],
    policyCount: POLICIES.length,
  });
  expect(somePolicies(compilePolicies(POLICIES)).policyCount).toBe(POLICIES.length);
});

it("what is proven of their texts comes back with them", () => {
  const policies = POLICIES.map((policy, index) =>
    index > 1
      ? policy
      : { ...policy, proven: new Map([["{ $.a = 1 }", new Set(["{ $.b = 2 }", "{ $.a = 1 }"])]]) },
  );
  expect(builtinPolicies(compilePolicies(policies))).toEqual(policies);
});

it("a published text is compiled once, however many versions print it", () => {
  const compiled = compilePolicies(POLICIES);
  const broken = "{ ($.eventName = ConsoleLogin) && ($.errorMessage = Failed authentication) }";
  const printing = POLICIES.flatMap(({ benchmarks }) => benchmarks).filter(({ patterns }) =>
    patterns.includes(broken),
  );
  expect(printing.map(({ version }) => version)).toEqual(["4.0.1", "5.0.0", "6.0.0", "7.0.0"]);
  expect(compiled.split(JSON.stringify(broken)).length - 1).toBe(1);
});

it.each(['{"format":1,"texts":[],"policies":[]}', "[]", "null", "{}"])("%s is of another build", (json) => {
  expect(() => builtinPolicies(json)).toThrow("build again");
});
