// Which input is the state that a terraform_remote_state data source reads.

import { describe, expect, it } from "vitest";
import { known, UNSET, unknown } from "../../../src/model/value.ts";
import type { Stack } from "../../../src/resolve/stack.ts";
import { isStateOf, knownStrings } from "../../../src/resolve/state-backend.ts";
import { type Attributes, graphOf } from "../../tools/world.ts";

const SOURCE = "data.terraform_remote_state.other";
const OPEN = unknown({ why: "variable-unset", subject: "var.v" });

type Kept = readonly [type: string, settings: Readonly<Record<string, string>>];

function judge(read: Attributes, kept: Kept | undefined, label = "state.json") {
  const source = graphOf({ [SOURCE]: read }).byId(SOURCE);
  if (source === undefined) throw new Error("no data source");
  const backend = kept && { type: kept[0], settings: new Map(Object.entries(kept[1])) };
  const stack: Stack = {
    label,
    kind: "state",
    graph: graphOf({}),
    records: () => [],
    output: () => undefined,
    backend,
  };
  return isStateOf(source, stack);
}

describe("by the backend that the code writes", () => {
  const S3 = { bucket: "b", key: "k" };
  const AZURE = { storage_account_name: "a", container_name: "c", key: "k" };
  it.each<[string, Attributes, Kept, string]>([
    ["s3, the same", { backend: "s3", config: S3 }, ["s3", S3], "yes"],
    ["s3, another key", { backend: "s3", config: S3 }, ["s3", { ...S3, key: "l" }], "no"],
    ["s3, another bucket", { backend: "s3", config: S3 }, ["s3", { ...S3, bucket: "c" }], "no"],
    ["s3, another bucket, the key not written", { backend: "s3", config: S3 }, ["s3", { bucket: "c" }], "no"],
    ["s3, a bucket that is not written", { backend: "s3", config: S3 }, ["s3", { key: "k" }], "maybe"],
    ["s3, nothing read", { backend: "s3", config: { region: "x" } }, ["s3", {}], "maybe"],
    [
      "s3, in another region",
      { backend: "s3", config: { ...S3, region: "x" } },
      ["s3", { ...S3, region: "y" }],
      "yes",
    ],
    ["another backend", { backend: "s3", config: S3 }, ["gcs", S3], "no"],
    [
      "gcs",
      { backend: "gcs", config: { bucket: "b", prefix: "p" } },
      ["gcs", { bucket: "b", prefix: "p" }],
      "yes",
    ],
    [
      "gcs, another prefix",
      { backend: "gcs", config: { bucket: "b", prefix: "p" } },
      ["gcs", { bucket: "b", prefix: "q" }],
      "no",
    ],
    ["azurerm", { backend: "azurerm", config: AZURE }, ["azurerm", AZURE], "yes"],
    [
      "azurerm, another account",
      { backend: "azurerm", config: AZURE },
      ["azurerm", { ...AZURE, storage_account_name: "x" }],
      "no",
    ],
    [
      "azurerm, another container",
      { backend: "azurerm", config: AZURE },
      ["azurerm", { ...AZURE, container_name: "x" }],
      "no",
    ],
    [
      "azurerm, another key",
      { backend: "azurerm", config: AZURE },
      ["azurerm", { ...AZURE, key: "x" }],
      "no",
    ],
    ["http", { backend: "http", config: { address: "a" } }, ["http", { address: "a" }], "yes"],
    [
      "http, another address",
      { backend: "http", config: { address: "a" } },
      ["http", { address: "b" }],
      "no",
    ],
    ["consul", { backend: "consul", config: { path: "a" } }, ["consul", { path: "a" }], "yes"],
    ["consul, another path", { backend: "consul", config: { path: "a" } }, ["consul", { path: "b" }], "no"],
    [
      "one that nobody knows",
      { backend: "pg", config: { schema_name: "a" } },
      ["pg", { schema_name: "b" }],
      "maybe",
    ],
    ["not known which backend", { backend: OPEN, config: S3 }, ["s3", S3], "maybe"],
    ["not known how it is configured", { backend: "s3", config: OPEN }, ["s3", S3], "maybe"],
    ["the default workspace", { backend: "s3", config: S3, workspace: "default" }, ["s3", S3], "yes"],
    ["another workspace", { backend: "s3", config: S3, workspace: "prod" }, ["s3", S3], "maybe"],
  ])("%s", (_, read, kept, wanted) => {
    expect(judge(read, kept)).toBe(wanted);
  });
});

describe("by the file's own path", () => {
  it.each([
    ["network/terraform.tfstate", "network/terraform.tfstate", "yes"],
    ["network/terraform.tfstate", "states/network/terraform.tfstate", "yes"],
    ["network/terraform.tfstate", "states/other-network/terraform.tfstate", "maybe"],
    ["network/terraform.tfstate", "terraform.tfstate", "maybe"],
    ["../network/terraform.tfstate", "network/terraform.tfstate", "yes"],
    ["./../../network.tfstate", "network.tfstate", "yes"],
    ["/network.tfstate", "network.tfstate", "yes"],
    ["network\\terraform.tfstate", "x/network/terraform.tfstate", "yes"],
    ["terraform.tfstate", "terraform.tfstate", "maybe"],
    ["", "x/", "maybe"],
  ])("%j is kept in %j: %s", (key, label, wanted) => {
    expect(judge({ backend: "s3", config: { key } }, undefined, label)).toBe(wanted);
    expect(judge({ backend: "local", config: { path: key } }, undefined, label)).toBe(wanted);
  });

  it("is not asked where the backend tells", () => {
    const read = { backend: "s3", config: { bucket: "b", key: "net/x.tfstate" } };
    expect(judge(read, ["s3", { bucket: "c" }], "net/x.tfstate")).toBe("no");
    expect(judge(read, ["s3", { bucket: "b" }], "net/x.tfstate")).toBe("yes");
    expect(judge(read, ["s3", { bucket: "b" }], "other.tfstate")).toBe("maybe");
  });

  it("says nothing where no path is read", () => {
    expect(judge({ backend: "s3", config: {} }, undefined)).toBe("maybe");
  });
});

describe("arguments that are known", () => {
  it("are the texts among them", () => {
    const entries = new Map([
      ["bucket", known("b")],
      ["encrypt", known(true)],
      ["key", OPEN],
      ["region", UNSET],
    ]);
    expect([...knownStrings(entries)]).toEqual([
      ["bucket", "b"],
      ["encrypt", "true"],
    ]);
  });
});
