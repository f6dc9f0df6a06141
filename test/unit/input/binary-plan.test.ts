import { crc32, deflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readSavedPlan } from "../../../src/input/binary-plan.ts";
import { isSavedPlan } from "../../../src/input/signature.ts";
import { problemOf, recordedBytes } from "./fixture.ts";
import { type Packed, pack } from "./pack.ts";

const SAVED = recordedBytes("saved.tfplan");
const ROOT = 'resource "terraform_data" "a" {}\n';
const MANIFEST = '[{"Key":"","Dir":"."},{"Key":"a.b","Source":"./b","Dir":"../a/b"}]';
const PLAN: readonly Packed[] = [
  { name: "tfplan", data: "\x00\x01" },
  { name: "tfconfig/m-a.b/main.tf", data: "locals {}" },
  { name: "tfconfig/m-/main.tf", data: ROOT },
  { name: "tfconfig/modules.json", data: MANIFEST },
];

describe("a saved plan", () => {
  it("of Terraform carries the files of each module", () => {
    const { modules } = readSavedPlan(SAVED, "saved.tfplan");
    expect(modules.map(({ key, dir, source }) => ({ key, dir, source }))).toEqual([
      { key: "", dir: ".", source: undefined },
      { key: "keyed", dir: "child", source: "./child" },
      { key: "keyed.deep", dir: "child/deep", source: "./deep" },
    ]);
    expect(modules.map(({ files }) => [...files.keys()])).toEqual([["main.tf"], ["main.tf"], ["main.tf"]]);
    expect(modules[2]?.files.get("main.tf")).toMatch(/^variable "name" \{ type = string \}\n/);
  });

  it("is told by its first entry", () => {
    expect(isSavedPlan(SAVED)).toBe(true);
    expect(isSavedPlan(pack([{ name: "main.tf", data: "" }]))).toBe(false);
    expect(isSavedPlan(new Uint8Array())).toBe(false);
  });

  it("lists the root module first, and modules without files too", () => {
    const shuffled = '[{"Key":"x","Source":"./x","Dir":"x"},{"Key":"","Source":"","Dir":"."}]';
    const { modules } = readSavedPlan(pack(replaced("tfconfig/modules.json", shuffled)), "p");
    expect(modules.map(({ key, files }) => [key, files.size])).toEqual([
      ["", 1],
      ["x", 0],
    ]);
  });

  it("takes names as names: nothing is looked up under them", () => {
    const odd = { name: "tfconfig/m-../../../etc/passwd", data: "x" };
    const { modules } = readSavedPlan(pack([...PLAN, odd]), "p");
    expect(modules[1]).toMatchObject({ key: "a.b", dir: "../a/b" });
    expect(modules.flatMap(({ files }) => [...files.keys()])).toEqual(["main.tf", "main.tf"]);
  });

  it("may have stored and deflated entries, and a comment at its end", () => {
    const deflated = PLAN.map((entry) => ({ ...entry, deflated: true }));
    const bytes = pack(deflated, { comment: "made by hand" });
    expect(readSavedPlan(bytes, "p").modules[0]?.files.get("main.tf")).toBe(ROOT);
  });

  it("may be a view into a larger buffer", () => {
    const bytes = Buffer.concat([Buffer.from("zz"), SAVED]).subarray(2);
    expect(readSavedPlan(bytes, "p").modules).toHaveLength(3);
  });
});

describe("a saved plan that cannot be read", () => {
  const big = deflateRawSync(Buffer.alloc(1000));
  const cases: [string, Uint8Array, string, RegExp][] = [
    ["cut off", SAVED.subarray(0, SAVED.length - 30), "saved-plan-damaged", /its end is missing/],
    ["cut to its first bytes", pack(PLAN).subarray(0, 36), "saved-plan-damaged", /its end is missing/],
    ["with a changed byte", changed(pack(PLAN), ROOT), "saved-plan-damaged", /main\.tf" cannot be unpacked/],
    [
      "with another size than it says",
      pack(withLast({ size: 5 })),
      "saved-plan-damaged",
      /cannot be unpacked/,
    ],
    [
      "that unpacks to more than it says",
      pack(withLast({ packed: big, size: 10 })),
      "saved-plan-damaged",
      /unpacked/,
    ],
    [
      "that says it is huge",
      pack(withLast({ size: 0xfffffff0 })),
      "file-too-large",
      /unpack to more than 64 MB/,
    ],
    [
      "with entries that overlap",
      pack(withLast({ offset: 0 })),
      "saved-plan-damaged",
      /two of its files overlap/,
    ],
    [
      "with an entry beyond its end",
      pack(withLast({ offset: 0xfffffff0 })),
      "saved-plan-damaged",
      /not where it says/,
    ],
    [
      "with an entry twice",
      pack([...PLAN, ...PLAN.slice(1, 2)]),
      "saved-plan-damaged",
      /a\.b\/main\.tf" twice/,
    ],
    ["with an unknown method", pack(withLast({ method: 12 })), "saved-plan-damaged", /cannot be unpacked/],
    ["with a password", pack(withLast({ flags: 1 })), "saved-plan-damaged", /it is encrypted/],
    [
      "that counts too many files",
      pack(PLAN, { count: 60_000 }),
      "saved-plan-damaged",
      /says it has 60000 files/,
    ],
    ["that counts one file too many", pack(PLAN, { count: 5 }), "saved-plan-damaged", /shorter than it says/],
    [
      "whose list is elsewhere",
      pack(PLAN, { start: 0x7fffffff }),
      "saved-plan-damaged",
      /list of files is not where/,
    ],
    ["without a list of modules", pack(PLAN.slice(0, 3)), "saved-plan-damaged", /does not list the modules/],
    [
      "whose list of modules is no JSON",
      pack(replaced("tfconfig/modules.json", "[")),
      "saved-plan-damaged",
      /list/,
    ],
    [
      "whose list of modules is an object",
      pack(replaced("tfconfig/modules.json", "{}")),
      "saved-plan-damaged",
      /list/,
    ],
    [
      "that lists a module twice",
      pack(replaced("tfconfig/modules.json", '[{"Dir":"."},{"Dir":"."}]')),
      "saved-plan-damaged",
      /list/,
    ],
    [
      "that lists no root module",
      pack(replaced("tfconfig/modules.json", "[]")),
      "saved-plan-damaged",
      /list/,
    ],
    [
      "encrypted by OpenTofu",
      Buffer.from('{"meta":{},"encrypted_data":"x"}'),
      "file-encrypted",
      /encrypted by OpenTofu/,
    ],
    ["kept in the cloud", Buffer.from('{"remote_plan_format":1}'), "plan-in-cloud", /only points to a run/],
    [
      "that is plan JSON",
      Buffer.from('{"format_version":"1.2"}'),
      "not-a-saved-plan",
      /no plan saved with -out/,
    ],
    ["that is some other ZIP", pack([{ name: "main.tf", data: ROOT }]), "not-a-saved-plan", /no plan saved/],
  ];
  it.each(cases)("%s", (_name, bytes, code, message) => {
    const problem = problemOf(() => readSavedPlan(bytes, "plan.out"));
    expect(problem).toMatchObject({ code, place: "plan.out" });
    expect(problem.message).toMatch(message);
    expect(problem.help).toContain("tfcheck");
  });
});

function replaced(name: string, data: string): readonly Packed[] {
  return PLAN.map((entry) => (entry.name === name ? { name, data } : entry));
}

function withLast(part: Partial<Packed>): readonly Packed[] {
  return [...PLAN.slice(0, -1), { name: "tfconfig/modules.json", data: MANIFEST, deflated: true, ...part }];
}

/** Flips one bit of the text where it stands in the archive; its checksum no longer fits. */
function changed(bytes: Buffer, text: string): Buffer {
  const at = bytes.indexOf(text);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  expect(crc32(bytes.subarray(at, at + text.length))).not.toBe(crc32(text));
  return bytes;
}
