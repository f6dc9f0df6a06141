// `npm run new-policy -- ID`: writes the drafts of a policy and of its examples. Never over a file that is there.

import { existsSync, writeFileSync } from "node:fs";
import { newPolicy } from "./new-policy.ts";

const [id = ""] = process.argv.slice(2);
const drafts = newPolicy(id);
const taken = [...drafts.keys()].filter((path) => existsSync(path));

if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)+$/.test(id)) {
  console.error(
    'new-policy: an id is made of small letters, digits and hyphens, such as "aws-key-creation-alarm"',
  );
  process.exitCode = 2;
} else if (taken.length > 0) {
  console.error(`new-policy: ${taken.join(" and ")} is there already`);
  process.exitCode = 2;
} else {
  for (const [path, text] of drafts) writeFileSync(path, text);
  console.log(
    `${[...drafts.keys()].join("\n")}\nnow fill them in until the tests pass, then run them with UPDATE_GENERATED=1`,
  );
}
