"""Checks every plan below a path with tfcheck, on all executors, and writes the verdicts as Parquet.

A plan is one record: Spark lists the path (a directory or an object store), and each task pipes the plans of its part
through one `tfcheck batch`. A plan that cannot be checked is a row with the outcome "error".
"""

import argparse
import json
import sys

from pyspark.sql import SparkSession

SCHEMA = """
    label string, sha256 string, asked string, outcome string,
    controls array<struct<id: string, number: string, outcome: string, link: string,
                          causes: array<struct<code: string, address: string>>>>,
    problems array<struct<code: string, message: string, help: string>>
"""


def to_line(path, content):
    """One line for tfcheck. JSON has line breaks only between its tokens, where a blank does as well."""
    plan = content.decode("utf-8", errors="replace").replace("\r", " ").replace("\n", " ")
    return '{"label": %s, "plan": %s}' % (json.dumps(path), plan)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", required=True, help="a directory, such as s3a://plans/2026-11/")
    parser.add_argument("--verdicts", required=True, help="where the Parquet goes; must not exist")
    parser.add_argument("--tfcheck", default="tfcheck", help="the command on every machine, with options of batch")
    options = parser.parse_args()

    spark = SparkSession.builder.appName("tfcheck").getOrCreate()
    plans = (
        spark.read.format("binaryFile")
        .option("pathGlobFilter", "*.json")
        .option("recursiveFileLookup", "true")
        .load(options.plans)
    )
    # Spark runs a task for each core, so a task needs one thread.
    command, *more = options.tfcheck.split(" batch ", 1)
    batch = f"{command} batch --jobs 1 --quiet {' '.join(more)}"
    lines = plans.select("path", "content").rdd.map(lambda row: to_line(row.path, bytes(row.content))).pipe(batch)
    spark.read.schema(SCHEMA).json(lines).write.parquet(options.verdicts)

    # Exit codes of the tasks say what was found; a run that broke off shows in lines that are missing.
    verdicts = spark.read.parquet(options.verdicts)
    wanted, found = plans.select("path").count(), verdicts.count()
    for row in verdicts.groupBy("outcome").count().orderBy("outcome").collect():
        print(row["outcome"], row["count"])
    spark.stop()
    if found != wanted:
        sys.exit(f"{wanted} plans, and verdicts about {found}: see what tfcheck says in the logs of the executors")


if __name__ == "__main__":
    main()
