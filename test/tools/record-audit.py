"""Records what the AWS commands of an audit print of each scenario, once it is applied to a local stand-in for AWS.

    python3 -m venv VENV && VENV/bin/pip install 'moto[server]==5.*' awscli boto3
    VENV/bin/python test/tools/record-audit.py [scenario ...]

Takes the objects from test/scenarios/*/state.json, makes them with API calls, runs the script of docs/audit.md against
the stand-in, and writes test/audit/<scenario>/. Times and identifiers are made the same in every recording.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

import boto3

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "test" / "scenarios"
PORT = os.environ.get("MOTO_PORT", "5055")
ENDPOINT = f"http://127.0.0.1:{PORT}"
KEYS = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}


def client(service, region="us-east-1"):
    return boto3.client(
        service,
        region_name=region,
        endpoint_url=ENDPOINT,
        aws_access_key_id="x",
        aws_secret_access_key="x",
    )


def resources(module):
    yield from module.get("resources", [])
    for child in module.get("child_modules", []):
        yield from resources(child)


def given(**arguments):
    """The arguments that are set: a state holds empty texts and lists for those that nobody wrote."""
    return {name: value for name, value in arguments.items() if value not in (None, "", [], {})}


def region_of(values):
    arn = values.get("arn") or ""
    return arn.split(":")[3] if arn.count(":") >= 5 and arn.split(":")[3] else "us-east-1"


def make_bucket(values):
    client("s3").create_bucket(Bucket=values["bucket"])


def make_group(values):
    client("logs", region_of(values)).create_log_group(logGroupName=values["name"])


def make_role(values):
    client("iam").create_role(
        RoleName=values["name"], AssumeRolePolicyDocument=values["assume_role_policy"]
    )


def make_trail(values):
    trails = client("cloudtrail", region_of(values))
    trails.create_trail(
        Name=values["name"],
        S3BucketName=values["s3_bucket_name"],
        **given(
            IsMultiRegionTrail=values.get("is_multi_region_trail"),
            CloudWatchLogsLogGroupArn=values.get("cloud_watch_logs_group_arn"),
            CloudWatchLogsRoleArn=values.get("cloud_watch_logs_role_arn"),
            EnableLogFileValidation=values.get("enable_log_file_validation"),
        ),
    )
    if values.get("enable_logging"):
        trails.start_logging(Name=values["name"])
    classic = [
        {
            "ReadWriteType": one["read_write_type"],
            "IncludeManagementEvents": one["include_management_events"],
            "DataResources": [
                {"Type": data["type"], "Values": data["values"]} for data in one["data_resource"]
            ],
            "ExcludeManagementEventSources": one.get("exclude_management_event_sources") or [],
        }
        for one in values.get("event_selector") or []
    ]
    operators = {
        "equals": "Equals",
        "not_equals": "NotEquals",
        "starts_with": "StartsWith",
        "not_starts_with": "NotStartsWith",
        "ends_with": "EndsWith",
        "not_ends_with": "NotEndsWith",
    }
    advanced = [
        {
            "Name": one.get("name") or "selector",
            "FieldSelectors": [
                {"Field": field["field"]}
                | {key: field[name] for name, key in operators.items() if field.get(name)}
                for field in one["field_selector"]
            ],
        }
        for one in values.get("advanced_event_selector") or []
    ]
    if classic:
        trails.put_event_selectors(TrailName=values["name"], EventSelectors=classic)
    elif advanced:
        trails.put_event_selectors(TrailName=values["name"], AdvancedEventSelectors=advanced)
    else:
        # What AWS gives a trail without selectors of its own.
        default = [{"ReadWriteType": "All", "IncludeManagementEvents": True, "DataResources": []}]
        trails.put_event_selectors(TrailName=values["name"], EventSelectors=default)


def make_filter(values, region):
    client("logs", region).put_metric_filter(
        logGroupName=values["log_group_name"],
        filterName=values["name"],
        filterPattern=values["pattern"],
        metricTransformations=[
            given(
                metricName=one["name"],
                metricNamespace=one["namespace"],
                metricValue=one["value"],
                defaultValue=float(one["default_value"]) if one.get("default_value") else None,
                dimensions=one.get("dimensions"),
                unit=one.get("unit"),
            )
            for one in values["metric_transformation"]
        ],
    )


def make_alarm(values):
    client("cloudwatch", region_of(values)).put_metric_alarm(
        AlarmName=values["alarm_name"],
        ActionsEnabled=values["actions_enabled"],
        ComparisonOperator=values["comparison_operator"],
        EvaluationPeriods=values["evaluation_periods"],
        Threshold=values["threshold"],
        **given(
            AlarmActions=values.get("alarm_actions"),
            MetricName=values.get("metric_name"),
            Namespace=values.get("namespace"),
            Statistic=values.get("statistic"),
            Period=values.get("period"),
            DatapointsToAlarm=values.get("datapoints_to_alarm") or None,
            TreatMissingData=values.get("treat_missing_data"),
            Unit=values.get("unit"),
            Dimensions=[
                {"Name": name, "Value": value}
                for name, value in (values.get("dimensions") or {}).items()
            ],
        ),
    )


def make_topic(values):
    attributes = given(
        KmsMasterKeyId=values.get("kms_master_key_id"), Policy=values.get("policy")
    )
    client("sns", region_of(values)).create_topic(Name=values["name"], Attributes=attributes)


def make_subscription(values):
    topic = values["topic_arn"]
    client("sns", topic.split(":")[3]).subscribe(
        TopicArn=topic,
        Protocol=values["protocol"],
        Endpoint=values["endpoint"],
        Attributes=given(
            FilterPolicy=values.get("filter_policy"),
            FilterPolicyScope=values.get("filter_policy_scope"),
        ),
    )


def make_queue(values):
    client("sqs", region_of(values)).create_queue(QueueName=values["name"])


ORDER = {
    "aws_s3_bucket": make_bucket,
    "aws_iam_role": make_role,
    "aws_cloudwatch_log_group": make_group,
    "aws_sqs_queue": make_queue,
    "aws_sns_topic": make_topic,
    "aws_sns_topic_subscription": make_subscription,
    "aws_cloudtrail": make_trail,
    "aws_cloudwatch_metric_alarm": make_alarm,
}


def apply(state):
    root = state.get("values", {}).get("root_module", {})
    managed = [
        one for one in resources(root) if one["mode"] == "managed"
    ]
    groups = {}
    for kind, make in ORDER.items():
        for one in managed:
            if one["type"] != kind:
                continue
            if kind == "aws_cloudwatch_log_group":
                groups[one["values"]["name"]] = region_of(one["values"])
            make(one["values"])
    for one in managed:
        if one["type"] == "aws_cloudwatch_log_metric_filter":
            group = one["values"]["log_group_name"]
            if group not in groups:
                client("logs").create_log_group(logGroupName=group)
                groups[group] = "us-east-1"
            make_filter(one["values"], groups[group])


# Recording

STAMPS = [
    (re.compile(r'("(?:Latest|Start|Stop|TimeLogging)\w*": )(?:"[^"]*"|[\d.]+)'), r'\g<1>""'),
    (re.compile(r'("(?:creationTime|storedBytes)": )\d+'), r"\g<1>0"),
    (re.compile(r'("(?:State\w*|AlarmConfiguration)Timestamp": )"[^"]*"'), r'\g<1>"2026-01-01T00:00:00+00:00"'),
]
IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def steady(folder):
    """Times go, and identifiers are numbered, so that a new recording differs where the outputs do."""
    files = sorted(folder.rglob("*.json"))
    numbers = {}
    for file in files:
        for found in IDENTIFIER.findall(file.read_text()):
            numbers.setdefault(found, f"00000000-0000-4000-8000-{len(numbers) + 1:012d}")
    for file in files:
        text = file.read_text()
        for pattern, instead in STAMPS:
            text = pattern.sub(instead, text)
        text = IDENTIFIER.sub(lambda found: numbers[found[0]], text)
        name = IDENTIFIER.sub(lambda found: numbers[found[0]], file.name)
        file.unlink()
        file.with_name(name).write_text(text)


def script():
    page = (ROOT / "docs" / "audit.md").read_text()
    return re.search(r"^```bash\n(.*?)^```$", page, re.M | re.S)[1]


def record(name, program):
    urllib.request.urlopen(urllib.request.Request(f"{ENDPOINT}/moto-api/reset", method="POST"))
    apply(json.loads((SCENARIOS / name / "state.json").read_text()))
    folder = ROOT / "test" / "audit" / name
    shutil.rmtree(folder, ignore_errors=True)
    environment = os.environ | KEYS | {"AWS_ENDPOINT_URL": ENDPOINT}
    environment["PATH"] = f"{pathlib.Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    subprocess.run(["bash", program, str(folder)], env=environment, check=False)
    steady(folder)
    print(name, len(list(folder.rglob("*.json"))), flush=True)


def main(names):
    server = subprocess.Popen(
        [str(pathlib.Path(sys.executable).parent / "moto_server"), "-p", PORT],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{ENDPOINT}/moto-api/data.json")
                break
            except OSError:
                time.sleep(0.2)
        with tempfile.NamedTemporaryFile("w", suffix=".sh") as program:
            program.write(script())
            program.flush()
            for name in names:
                try:
                    record(name, program.name)
                except Exception as error:  # one scenario that cannot be made does not end the others
                    print(name, "NOT RECORDED:", error, flush=True)
    finally:
        server.terminate()


if __name__ == "__main__":
    known = sorted(path.parent.name for path in SCENARIOS.glob("*/state.json"))
    main(sys.argv[1:] or known)
