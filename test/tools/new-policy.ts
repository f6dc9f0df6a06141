// The first draft of a policy and of its examples: everything that has to be there, with words that still have to be
// found. The tests of the house fail until they are.

/** Text by path in the repository. */
export function newPolicy(id: string): ReadonlyMap<string, string> {
  return new Map([
    [`policies/aws/${id}.yaml`, policyDraft(id)],
    [`policies/aws/${id}.examples.yaml`, examplesDraft()],
  ]);
}

function policyDraft(id: string): string {
  return `# yaml-language-server: $schema=../policy.schema.json
id: ${id}
title: ""
severity: medium
rationale: ""
remediation: ""
sources: []
check: resource-attribute
with:
  resource: ""
  path: $.
  equals: true
`;
}

function examplesDraft(): string {
  const draft = (name: string, verdict: string): string => `  - name: ${name}
    resources: {}
    expect: ${verdict}
`;
  return `# yaml-language-server: $schema=../examples.schema.json
examples:
${draft("as it should be", "satisfied")}${draft("as it should not", "violated")}${draft("not known before apply", "undecided")}`;
}
