// `tfcheck audit` as its own process: live against a stand-in for the aws command line, and over what it saved.

import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { GOOD } from "../tools/account.ts";
import { runBuilt } from "../tools/run-built.ts";

/** By the words of the command without the options that every one has: what it prints, or how it fails. */
type Answers = Readonly<Record<string, Json | Failure>>;

interface Failure {
  readonly stderr: string;
  readonly exit: number;
}

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:alerts";
const TRAIL = "arn:aws:cloudtrail:eu-west-1:111122223333:trail/main";
const SUBSCRIPTION = `${TOPIC}:00000000-0000-4000-8000-000000000001`;

const ANSWERS: Answers = {
  "sts get-caller-identity": {
    Account: "111122223333",
    Arn: "arn:aws:iam::111122223333:user/a",
    UserId: "A",
  },
  "cloudtrail describe-trails": GOOD["describe-trails.json"] ?? null,
  [`cloudtrail get-trail-status --name ${TRAIL} --region eu-west-1`]: GOOD["get-trail-status.json"] ?? null,
  [`cloudtrail get-event-selectors --trail-name ${TRAIL} --region eu-west-1`]:
    GOOD["get-event-selectors.json"] ?? null,
  "logs describe-metric-filters --region eu-west-1": GOOD["describe-metric-filters.json"] ?? null,
  "logs describe-log-groups --log-group-name-prefix calls --region eu-west-1": { logGroups: [] },
  "cloudwatch describe-alarms --region eu-west-1": GOOD["describe-alarms.json"] ?? null,
  "cloudwatch describe-alarms --alarm-types CompositeAlarm --region eu-west-1": {
    MetricAlarms: [],
    CompositeAlarms: [],
  },
  [`sns list-subscriptions-by-topic --topic-arn ${TOPIC} --region eu-west-1`]:
    GOOD["list-subscriptions-by-topic.json"] ?? null,
  [`sns get-topic-attributes --topic-arn ${TOPIC} --region eu-west-1`]: { Attributes: { TopicArn: TOPIC } },
  [`sns get-subscription-attributes --subscription-arn ${SUBSCRIPTION} --region eu-west-1`]: {
    Attributes: { SubscriptionArn: SUBSCRIPTION, TopicArn: TOPIC, PendingConfirmation: "false" },
  },
};

/** As AWS CLI 1.46 prints them. */
function denied(operation: string): Failure {
  const who = "User: arn:aws:iam::111122223333:user/a is not authorized to perform";
  const stderr = `\nAn error occurred (AccessDenied) when calling the ${operation} operation: ${who}: ${operation}\n`;
  return { stderr, exit: 254 };
}

/** Answers what it was given, keeps a log of what it was asked, and fails for anything else as AWS does. */
const STAND_IN = `#!${process.execPath}
const { readFileSync, appendFileSync } = require("node:fs");
const { join } = require("node:path");
const given = process.argv.slice(2);
appendFileSync(join(__dirname, "asked.txt"), given.join(" ") + "\\n");
const asked = given.join(" ").replace(/ --output json/, "").replace(/ --profile \\S+/, "");
const answers = JSON.parse(readFileSync(join(__dirname, "answers.json"), "utf8"));
const answer = answers[asked] ?? { stderr: "An error occurred (AccessDenied): " + asked, exit: 254 };
if (typeof answer === "string") process.stdout.write(answer + "\\n");
else if (answer.exit === undefined) process.stdout.write(JSON.stringify(answer, null, 4) + "\\n");
else process.stderr.write(answer.stderr);
process.exitCode = answer.exit ?? 0;
`;

const folder = mkdtempSync(join(tmpdir(), "tfcheck-audit-"));
const program = join(folder, "aws");
afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  writeFileSync(join(folder, "aws"), STAND_IN);
  // A module of its own kind, whatever stands above the temporary folder.
  writeFileSync(join(folder, "package.json"), '{"type":"commonjs"}');
  chmodSync(program, 0o755);
});

async function audit(answers: Answers, ...args: readonly string[]) {
  writeFileSync(join(folder, "answers.json"), JSON.stringify(answers));
  return runBuilt(["audit", ...args], { cwd: folder, env: { TFCHECK_AWS: program } });
}

function asked(): readonly string[] {
  return readFileSync(join(folder, "asked.txt"), "utf8").trim().split("\n");
}

describe("audit --live", () => {
  it("asks link by link, for reading alone, and says what it found", async () => {
    const { stdout, stderr, exit } = await audit(ANSWERS, "--live", "--quiet");
    expect(stderr).toBe("");
    expect(stdout).toBe("1 control: 1 satisfied in account 111122223333 (account)\n");
    expect(exit).toBe(0);
    expect(asked().toSorted()).toEqual(
      Object.keys(ANSWERS)
        .map((command) => `${command} --output json`)
        .toSorted(),
    );
    expect(asked().filter((line) => !/^\w+ (describe|get|list)-/.test(line))).toEqual([]);
  });

  it("passes profile and region on, and asks trails in their own region", async () => {
    const answers = {
      ...ANSWERS,
      "sts get-caller-identity --region us-east-1": ANSWERS["sts get-caller-identity"] ?? null,
      "cloudtrail describe-trails --region us-east-1": ANSWERS["cloudtrail describe-trails"] ?? null,
    };
    const { exit } = await audit(answers, "--live", "-q", "--profile", "reader", "--region", "us-east-1");
    expect(exit).toBe(0);
    expect(asked().every((line) => line.endsWith("--output json --profile reader"))).toBe(true);
    expect(asked().filter((line) => line.includes("--region us-east-1"))).toHaveLength(2);
  });

  it("keeps what it was told, and the saved outputs give the same answer", async () => {
    const live = await audit(ANSWERS, "--live", "--save", "kept");
    expect(readdirSync(join(folder, "kept"))).toEqual([
      "describe-trails.json",
      "eu-west-1",
      "get-caller-identity.json",
    ]);
    const saved = await audit({}, "kept");
    expect([saved.exit, saved.stderr]).toEqual([0, ""]);
    expect(saved.stdout.replaceAll("kept (account)", "account 111122223333 (account)")).toContain(
      live.stdout.split("\n").at(-2),
    );
    const again = await audit(ANSWERS, "--live", "--save", "kept");
    expect(again.exit).toBe(2);
    expect(again.stderr).toContain("[save-directory-used]");
  });

  it("what is denied is unknown, never absent, live and when saved", async () => {
    const command = `sns list-subscriptions-by-topic --topic-arn ${TOPIC} --region eu-west-1`;
    const answers = { ...ANSWERS, [command]: denied("ListSubscriptionsByTopic") };
    const live = await audit(answers, "--live", "--save", "kept");
    expect(live.exit).toBe(3);
    expect(live.stdout).toContain("[not-known-before-apply]");
    expect(live.stdout.replace(/\s+/g, " ")).toContain(
      `AWS did not answer "aws ${command} --output json": An error occurred (AccessDenied)`,
    );
    expect((await audit({}, "kept", "--quiet")).exit).toBe(3);
  });

  it.each(Object.keys(ANSWERS).filter((command) => !command.startsWith("sts ")))(
    "without the answer to %s nothing is proven broken",
    async (command) => {
      const { exit, stderr } = await audit({ ...ANSWERS, [command]: denied("It") }, "--live", "--quiet");
      expect(stderr).toBe("");
      // The log group itself is no link of the chain, nor are composite alarms where the alarm tells a topic.
      expect(exit).toBe(/log-groups|CompositeAlarm/.test(command) ? 0 : 3);
    },
  );

  const failing = (stderr: string, exit: number): Answers => ({
    "sts get-caller-identity": { stderr, exit },
    "cloudtrail describe-trails": { stderr, exit },
  });
  it.each<[string, Answers, string]>([
    [
      "expired credentials",
      failing(
        "\nAn error occurred (ExpiredTokenException) when calling the DescribeTrails operation: The security token included in the request is expired\n",
        254,
      ),
      "aws-credentials",
    ],
    [
      "no credentials",
      failing(
        'Unable to locate credentials. You can configure credentials by running "aws configure".\n',
        253,
      ),
      "aws-credentials",
    ],
    [
      "an unknown profile",
      failing("\nThe config profile (reader) could not be found\n", 255),
      "aws-credentials",
    ],
    [
      "no region",
      failing(
        '\nYou must specify a region. You can also configure your region by running "aws configure".\n',
        253,
      ),
      "aws-no-region",
    ],
    [
      "no way to AWS",
      failing(
        '\nCould not connect to the endpoint URL: "https://cloudtrail.eu-west-1.amazonaws.com/"\n',
        255,
      ),
      "aws-failed",
    ],
  ])("%s: one clear message and exit code 2", async (_, answers, code) => {
    const { stdout, stderr, exit } = await audit(answers, "--live");
    expect([stdout, exit]).toEqual(["", 2]);
    expect(stderr).toMatch(new RegExp(`^aws .*: .* \\[${code}\\]\\n  help: .*\\n$`, "s"));
  });

  it("a command line that is not there", async () => {
    const { stderr, exit } = await audit(ANSWERS, "--live", "--aws", "./no-such-aws");
    expect(exit).toBe(2);
    expect(stderr).toContain('the AWS command line "./no-such-aws" is not there [aws-not-found]');
  });
});

/** What the script asks for itself, as text: which trails, regions, topics and subscriptions there are. */
const LISTED: Answers = {
  "cloudtrail describe-trails --query trailList[?IsMultiRegionTrail].TrailARN --output text": TRAIL,
  "cloudtrail describe-trails --query trailList[?IsMultiRegionTrail].HomeRegion --output text": "eu-west-1",
  "logs describe-log-groups --region eu-west-1": { logGroups: [] },
  "cloudwatch describe-alarms --alarm-types MetricAlarm CompositeAlarm --region eu-west-1 --query [MetricAlarms[].AlarmActions[], CompositeAlarms[].AlarmActions[]][] --output text":
    TOPIC,
  [`sns list-subscriptions-by-topic --topic-arn ${TOPIC} --region eu-west-1 --query Subscriptions[].SubscriptionArn --output text`]:
    SUBSCRIPTION,
  [`sns get-topic-attributes --topic-arn ${TOPIC} --region eu-west-1 --query Attributes.KmsMasterKeyId --output text`]:
    "None",
};

describe("the script of docs/audit.md", () => {
  it("saves what an audit reads, by commands that only read", async () => {
    const [, script = ""] = /^```bash\n([\s\S]*?)^```$/m.exec(readFileSync("docs/audit.md", "utf8")) ?? [];
    writeFileSync(join(folder, "audit.sh"), script);
    writeFileSync(join(folder, "answers.json"), JSON.stringify({ ...ANSWERS, ...LISTED }));
    const env = { PATH: `${folder}${delimiter}${process.env.PATH ?? ""}` };
    const { stderr, status } = spawnSync("bash", ["audit.sh", "kept"], {
      cwd: folder,
      env,
      encoding: "utf8",
    });
    expect([stderr, status]).toEqual(["", 0]);
    expect(asked().filter((line) => !/^\w+ (describe|get|list)-/.test(line))).toEqual([]);
    const { stdout, exit } = await audit({}, "kept");
    expect(exit).toBe(0);
    expect(stdout).toContain("1 satisfied in kept (account)");
    expect(stdout).not.toContain("[output-");
  });
});

describe("audit DIR", () => {
  const write = (files: Readonly<Record<string, Json>>, directory = "outputs"): void => {
    mkdirSync(join(folder, directory), { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      writeFileSync(join(folder, directory, name), JSON.stringify(content));
    }
  };

  it("is also what a directory without code means to the check, and stands beside a plan", async () => {
    write(GOOD);
    const checked = await runBuilt(["outputs", "-q"], { cwd: folder });
    expect([checked.exit, checked.stdout]).toEqual([0, "1 control: 1 satisfied in outputs (account)\n"]);
    writeFileSync(
      join(folder, "plan.json"),
      JSON.stringify({ format_version: "1.2", resource_changes: [], configuration: { root_module: {} } }),
    );
    const beside = await runBuilt(["plan.json", "--with", "outputs", "-q"], { cwd: folder });
    expect([beside.exit, beside.stdout]).toEqual([
      0,
      "1 control: 1 satisfied in plan.json (plan), outputs (account)\n",
    ]);
  });

  it.each<[string, readonly string[], string]>([
    ["neither directory nor --live", [], "usage-no-account"],
    ["both", ["outputs", "--live"], "usage-conflict"],
    ["an option of --live without it", ["outputs", "--region", "eu-west-1"], "usage-conflict"],
    ["no such directory", ["elsewhere"], "file-not-found"],
    ["a directory without outputs", ["."], "account-empty"],
  ])("%s", async (_, args, code) => {
    if (args[0] === ".") rmSync(join(folder, "package.json"));
    if (existsSync(join(folder, "answers.json"))) rmSync(join(folder, "answers.json"));
    const { stderr, exit } = await runBuilt(["audit", ...args], { cwd: folder });
    expect(exit).toBe(2);
    expect(stderr).toContain(`[${code}]`);
  });
});
