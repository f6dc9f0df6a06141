// One service of a made-up estate: six resources whose entries have the attributes that the AWS provider gives them.
// None of them has a part in the chain that tfcheck looks for. Every service takes nearly the same number of bytes.

const ACCOUNT = "123456789012";
const PROVIDER = "registry.terraform.io/hashicorp/aws";
const REGION = "eu-central-1";

/** Instance keys of the queue, which stands under `for_each`. */
const QUEUES = ["orders", "returns/eu", 'wait "list"'];

/** `index` from 0. Every second service exists already, and a part of those is changed. */
export function serviceOf(index) {
  const id = String(index).padStart(7, "0");
  const name = `service-${id}`;
  const module = `module.service_${id}`;
  const exists = index % 2 === 1;
  const action = !exists ? "create" : index % 8 === 1 ? "update" : "no-op";
  const instances = [
    policy(name, index),
    role(name, index),
    bucket(name, index),
    securityGroup(name, index),
    lambda(name, index),
    ...QUEUES.map((key) => queue(name, key, index)),
  ];
  return { module, id, exists, action, instances: instances.map((one) => ({ ...one, module })) };
}

/** As under planned_values and, with every value, prior_state. */
export function moduleResources({ module, instances }, { known }) {
  return {
    resources: instances.map((one) => ({
      ...headOf(one),
      schema_version: one.schema,
      values: known ? { ...one.given, ...one.computed } : one.given,
      sensitive_values: one.sensitive,
    })),
    address: module,
  };
}

/** As under resource_changes. */
export function changeOf({ action }, one) {
  const full = { ...one.given, ...one.computed };
  const unknown = Object.fromEntries(Object.keys(one.computed).map((name) => [name, true]));
  const before =
    action === "create" ? null : action === "update" ? { ...full, tags: { Team: "none" } } : full;
  return {
    ...headOf(one),
    module_address: one.module,
    change: {
      actions: [action],
      before,
      after: action === "create" ? one.given : full,
      after_unknown: action === "create" ? { ...unknown, ...one.sensitive } : {},
      before_sensitive: before === null ? false : one.sensitive,
      after_sensitive: one.sensitive,
    },
  };
}

/** As under configuration.root_module.module_calls. */
export function moduleCall({ id, instances }) {
  const blocks = new Map(instances.map((one) => [`${one.type}.${one.name}`, one]));
  return {
    source: `./modules/service`,
    expressions: {
      name: { constant_value: `service-${id}` },
      subnets: { references: ["module.network.private_subnets", "module.network"] },
    },
    module: {
      outputs: {
        arn: { expression: { references: ["aws_lambda_function.this.arn", "aws_lambda_function.this"] } },
      },
      resources: [...blocks].map(([address, { type, name, key, expressions, schema }]) => ({
        address,
        mode: "managed",
        type,
        name,
        provider_config_key: "aws",
        expressions,
        schema_version: schema,
        ...(key === undefined ? {} : { for_each_expression: { references: ["var.queues"] } }),
      })),
      variables: {
        name: { description: "of the service, in lower case" },
        subnets: {},
        queues: { default: QUEUES },
      },
    },
  };
}

function headOf({ module, type, name, key }) {
  const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
  return {
    address: `${module}.${type}.${name}${index}`,
    mode: "managed",
    type,
    name,
    ...(key === undefined ? {} : { index: key }),
    provider_name: PROVIDER,
  };
}

function tagsOf(name) {
  return {
    Name: name,
    Owner: "Bereich Zahlungsverkehr, Köln",
    Environment: "production",
    "cost-centre": "4711",
  };
}

/** Looks like a digest, and is the same in every run. */
function hex(index, length) {
  let state = (index + 1) * 2654435761;
  let text = "";
  while (text.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(16).padStart(8, "0");
  }
  return text.slice(0, length);
}

function document(name, actions, resources) {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: actions.map((action, at) => ({
      Sid: `Statement${at}`,
      Effect: "Allow",
      Action: [`${action}:Get*`, `${action}:List*`, `${action}:Describe*`],
      Resource: resources.map((resource) => `arn:aws:${action}:${REGION}:${ACCOUNT}:${resource}/${name}/*`),
      Condition: { StringEquals: { "aws:ResourceTag/Name": name, "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    })),
  });
}

function policy(name, index) {
  const actions = ["s3", "sqs", "dynamodb", "kms", "secretsmanager", "ssm"];
  const arn = `arn:aws:iam::${ACCOUNT}:policy/${name}`;
  return {
    type: "aws_iam_policy",
    name: "this",
    schema: 0,
    given: {
      description: `what <${name}> may do & no more`,
      name,
      name_prefix: "",
      path: "/",
      policy: document(name, actions, ["object", "queue", "table"]),
      tags: tagsOf(name),
      tags_all: tagsOf(name),
    },
    computed: { arn, id: arn, policy_id: `ANPA${hex(index, 17).toUpperCase()}` },
    sensitive: { tags: {}, tags_all: {} },
    expressions: {
      name: { references: ["var.name"] },
      policy: { references: ["data.aws_iam_policy_document.this.json", "data.aws_iam_policy_document.this"] },
    },
  };
}

function role(name, index) {
  return {
    type: "aws_iam_role",
    name: "this",
    schema: 0,
    given: {
      assume_role_policy: document(name, ["sts"], ["role"]),
      description: "",
      force_detach_policies: false,
      max_session_duration: 3600,
      name,
      path: "/",
      permissions_boundary: null,
      tags: tagsOf(name),
      tags_all: tagsOf(name),
    },
    computed: {
      arn: `arn:aws:iam::${ACCOUNT}:role/${name}`,
      create_date: "2026-03-02T09:14:51Z",
      id: name,
      inline_policy: [],
      managed_policy_arns: [],
      unique_id: `AROA${hex(index, 17).toUpperCase()}`,
    },
    sensitive: { inline_policy: [], managed_policy_arns: [], tags: {}, tags_all: {} },
    expressions: {
      assume_role_policy: { references: ["data.aws_iam_policy_document.assume.json"] },
      name: { references: ["var.name"] },
    },
  };
}

function bucket(name, index) {
  return {
    type: "aws_s3_bucket",
    name: "this",
    schema: 0,
    given: { bucket: name, force_destroy: false, tags: tagsOf(name), tags_all: tagsOf(name), timeouts: null },
    computed: {
      acceleration_status: "",
      acl: null,
      arn: `arn:aws:s3:::${name}`,
      bucket_domain_name: `${name}.s3.amazonaws.com`,
      bucket_prefix: "",
      bucket_regional_domain_name: `${name}.s3.${REGION}.amazonaws.com`,
      cors_rule: [],
      grant: [{ id: hex(index, 64), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" }],
      hosted_zone_id: "Z21DNDUVLTQW6Q",
      id: name,
      lifecycle_rule: [],
      logging: [],
      object_lock_configuration: [],
      object_lock_enabled: false,
      policy: document(name, ["s3"], ["object"]),
      region: REGION,
      replication_configuration: [],
      request_payer: "BucketOwner",
      versioning: [{ enabled: true, mfa_delete: false }],
      website: [],
      website_domain: null,
      website_endpoint: null,
    },
    sensitive: { cors_rule: [], grant: [{ permissions: [false] }], tags: {}, tags_all: {}, versioning: [{}] },
    expressions: { bucket: { references: ["var.name"] } },
  };
}

function securityGroup(name, index) {
  const rule = (port) => ({
    cidr_blocks: ["10.0.0.0/8", "172.16.0.0/12"],
    description: `port ${port}`,
    from_port: port,
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    protocol: "tcp",
    security_groups: [],
    self: false,
    to_port: port,
  });
  const ingress = [443, 5432, 6379, 8080].map(rule);
  return {
    type: "aws_security_group",
    name: "this",
    schema: 1,
    given: {
      description: "Managed by Terraform",
      egress: [rule(0)],
      ingress,
      name,
      revoke_rules_on_delete: false,
      tags: tagsOf(name),
      tags_all: tagsOf(name),
      timeouts: null,
      vpc_id: "vpc-0a1b2c3d4e5f60718",
    },
    computed: {
      arn: `arn:aws:ec2:${REGION}:${ACCOUNT}:security-group/sg-${hex(index, 17)}`,
      id: `sg-${hex(index, 17)}`,
      name_prefix: "",
      owner_id: ACCOUNT,
    },
    sensitive: {
      egress: [{}],
      ingress: ingress.map(() => ({ cidr_blocks: [false, false] })),
      tags: {},
      tags_all: {},
    },
    expressions: {
      name: { references: ["var.name"] },
      vpc_id: { references: ["data.aws_vpc.main.id", "data.aws_vpc.main"] },
    },
  };
}

function lambda(name, index) {
  const variables = {
    ENDPOINT: `https://${name}.internal/api?version=2&mode=strict`,
    GREETING: "„Grüß Gott“ 👋",
    LOG_PATTERN: '{ $.level = "ERROR" }',
    TABLE: name,
  };
  return {
    type: "aws_lambda_function",
    name: "this",
    schema: 0,
    given: {
      architectures: ["arm64"],
      environment: [{ variables }],
      filename: "build/handler.zip",
      function_name: name,
      handler: "index.handler",
      layers: null,
      memory_size: 512,
      publish: false,
      reserved_concurrent_executions: -1,
      role: `arn:aws:iam::${ACCOUNT}:role/${name}`,
      runtime: "nodejs20.x",
      tags: tagsOf(name),
      tags_all: tagsOf(name),
      timeout: 30,
      vpc_config: [{ security_group_ids: [`sg-${hex(index, 17)}`], subnet_ids: ["subnet-01", "subnet-02"] }],
    },
    computed: {
      arn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`,
      code_sha256: hex(index, 44),
      id: name,
      invoke_arn: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${name}/invocations`,
      last_modified: "2026-05-11T16:20:03.481+0000",
      source_code_size: 48213,
      version: "$LATEST",
    },
    sensitive: { architectures: [false], environment: [{ variables: {} }], tags: {}, tags_all: {} },
    expressions: {
      function_name: { references: ["var.name"] },
      role: { references: ["aws_iam_role.this.arn", "aws_iam_role.this"] },
      vpc_config: [{ subnet_ids: { references: ["var.subnets"] } }],
    },
  };
}

function queue(name, key, index) {
  const full = `${name}-${key.replace(/\W/g, "-")}`;
  return {
    type: "aws_sqs_queue",
    name: "each",
    key,
    schema: 0,
    given: {
      content_based_deduplication: false,
      delay_seconds: 0,
      fifo_queue: false,
      max_message_size: 262144,
      message_retention_seconds: 345600,
      name: full,
      policy: document(full, ["sqs"], ["queue"]),
      receive_wait_time_seconds: 0,
      tags: tagsOf(full),
      tags_all: tagsOf(full),
      visibility_timeout_seconds: 30,
    },
    computed: {
      arn: `arn:aws:sqs:${REGION}:${ACCOUNT}:${full}`,
      id: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${full}`,
      kms_data_key_reuse_period_seconds: 300,
      redrive_policy: "",
      url: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${full}?trace=${hex(index, 16)}`,
    },
    sensitive: { tags: {}, tags_all: {} },
    expressions: {
      name: { references: ["var.name", "each.key"] },
      policy: { references: ["data.aws_iam_policy_document.queue", "each.key"] },
    },
  };
}
