// The shapes that the hosts publish for their files, as far as the ready-made files use them. Nothing beyond that is
// allowed, so a misspelt key is found.

const text = { type: "string" };
const flag = { type: "boolean" };
const texts = { type: "array", items: text, minItems: 1 };

function record(properties: Readonly<Record<string, object>>, required: readonly string[] = []) {
  return { type: "object", properties, required, additionalProperties: false };
}

function listOf(items: object, minItems = 1) {
  return { type: "array", items, minItems };
}

function mapOf(values: object) {
  return { type: "object", additionalProperties: values, minProperties: 1 };
}

/** Source: https://www.schemastore.org/github-action.json */
const githubAction = record(
  {
    name: text,
    description: text,
    // The names of Feather icons and colours; these are two of them.
    branding: record({ icon: { const: "bell" }, color: { const: "orange" } }),
    inputs: mapOf(record({ description: text, required: flag, default: text }, ["description"])),
    outputs: mapOf(record({ description: text, value: text }, ["description", "value"])),
    runs: record(
      {
        using: { const: "composite" },
        steps: listOf(
          record({ id: text, shell: { enum: ["bash", "sh", "pwsh"] }, env: mapOf(text), run: text }, [
            "run",
            "shell",
          ]),
        ),
      },
      ["using", "steps"],
    ),
  },
  ["name", "description", "runs"],
);

/** Source: https://www.schemastore.org/github-workflow.json */
const githubWorkflow = record(
  {
    name: text,
    on: { enum: ["pull_request", "push"] },
    permissions: mapOf({ enum: ["read", "write", "none"] }),
    jobs: mapOf(
      record(
        {
          "runs-on": text,
          steps: listOf({
            oneOf: [
              record({ name: text, id: text, if: text, run: text }, ["run"]),
              record(
                {
                  name: text,
                  id: text,
                  if: text,
                  uses: text,
                  with: mapOf({ anyOf: [text, flag] }),
                },
                ["uses"],
              ),
            ],
          }),
        },
        ["runs-on", "steps"],
      ),
    ),
  },
  ["on", "jobs"],
);

/** Source: https://gitlab.com/gitlab-org/gitlab/-/blob/master/app/assets/javascripts/editor/schema/ci.json */
const gitlabCi = mapOf(
  record(
    {
      stage: { enum: [".pre", "build", "test", "deploy", ".post"] },
      image: { oneOf: [text, record({ name: text, entrypoint: listOf(text) }, ["name"])] },
      needs: texts,
      script: texts,
      artifacts: record({
        paths: texts,
        when: { enum: ["on_success", "on_failure", "always"] },
        access: { enum: ["none", "developer", "maintainer", "all"] },
        expire_in: text,
        reports: record({ junit: text, codequality: text }),
      }),
    },
    ["script"],
  ),
);

/** Source: https://github.com/microsoft/azure-pipelines-vscode/blob/main/service-schema.json */
const azurePipelines = record(
  {
    trigger: { const: "none" },
    pool: record({ vmImage: text }),
    steps: listOf({
      oneOf: [
        record({ script: text, displayName: text, condition: text }, ["script"]),
        record(
          {
            task: { type: "string", pattern: "^\\w+@\\d+$" },
            displayName: text,
            condition: text,
            inputs: mapOf(text),
          },
          ["task"],
        ),
      ],
    }),
  },
  ["steps"],
);

const atlantisStep = {
  oneOf: [{ enum: ["init", "plan", "show", "policy_check", "apply"] }, record({ run: text }, ["run"])],
};
const atlantisStage = record({ steps: listOf(atlantisStep) }, ["steps"]);

/** Source: https://www.runatlantis.io/docs/server-side-repo-config, https://www.runatlantis.io/docs/custom-workflows */
const atlantisServer = record(
  {
    repos: listOf(
      record({ id: text, policy_check: flag, custom_policy_check: flag, workflow: text }, ["id"]),
    ),
    workflows: mapOf(record({ plan: atlantisStage, policy_check: atlantisStage })),
    policies: record(
      {
        owners: record({ users: texts, teams: texts }),
        policy_sets: listOf(
          record({ name: text, path: text, source: { enum: ["local", "github"] } }, [
            "name",
            "path",
            "source",
          ]),
        ),
      },
      ["policy_sets"],
    ),
  },
  ["repos"],
);

/** Source: https://docs.spacelift.io/concepts/configuration/runtime-configuration */
const spaceliftConfig = record(
  { version: { const: "1" }, stack_defaults: record({ before_plan: texts, after_plan: texts }) },
  ["version"],
);

const preCommitHook = {
  id: text,
  name: text,
  description: text,
  entry: text,
  args: texts,
  language: { enum: ["node", "python", "system", "script"] },
  additional_dependencies: texts,
  files: { type: "string", format: "regex" },
  pass_filenames: flag,
  stages: listOf({ enum: ["pre-commit", "pre-push", "manual"] }),
  minimum_pre_commit_version: text,
};

/** Source: https://pre-commit.com/#creating-new-hooks, https://www.schemastore.org/pre-commit-hooks.json */
const preCommitManifest = listOf(record(preCommitHook, ["id", "name", "entry", "language"]));

/** Source: https://pre-commit.com/#repository-local-hooks, https://www.schemastore.org/pre-commit-config.json */
const preCommitConfig = record(
  {
    repos: listOf(
      record(
        {
          repo: { const: "local" },
          hooks: listOf(record(preCommitHook, ["id", "name", "entry", "language"])),
        },
        ["repo", "hooks"],
      ),
    ),
  },
  ["repos"],
);

/** Source: https://docs.envzero.com/guides/admin-guide/custom-flows/custom-flows (version 2) */
const env0 = record(
  {
    version: { const: 2 },
    deploy: record({
      steps: record({
        terraformPlan: record({ after: listOf(record({ name: text, run: text }, ["name", "run"])) }),
      }),
    }),
  },
  ["version"],
);

/** Every YAML file that people take over, and its shape. */
export const SHAPES: readonly (readonly [file: string, shape: object])[] = [
  ["action.yml", githubAction],
  [".pre-commit-hooks.yaml", preCommitManifest],
  ["examples/ci/github-actions/tfcheck.yml", githubWorkflow],
  ["examples/ci/gitlab-ci/.gitlab-ci.yml", gitlabCi],
  ["examples/ci/azure-pipelines/azure-pipelines.yml", azurePipelines],
  ["examples/ci/atlantis/policy-check.yaml", atlantisServer],
  ["examples/ci/atlantis/plain-workflow.yaml", atlantisServer],
  ["examples/ci/spacelift/config.yml", spaceliftConfig],
  ["examples/ci/pre-commit/.pre-commit-config.yaml", preCommitConfig],
  ["examples/ci/env0/env0.yml", env0],
];
