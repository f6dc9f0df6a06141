// A plan saved with `-out` is a ZIP that carries the configuration of every module as it was planned. Reads that,
// not the plan itself, which is in a private format. Loads node:zlib: import it only for a saved plan.

import { get, isArray, type Json } from "../model/json.ts";
import type { InputError } from "../model/problem.ts";
import { planCommand, refusal } from "./refusal.ts";
import { isSavedPlan } from "./signature.ts";
import { readZip } from "./zip.ts";

export interface SavedPlan {
  /** The root module first, then as the plan lists them. */
  readonly modules: readonly SavedModule[];
}

export interface SavedModule {
  /** Names of the calls that lead there, joined by dots; empty for the root module. No instance keys. */
  readonly key: string;
  /** As written at the call; `undefined` for the root module. */
  readonly source: string | undefined;
  /** Where its files stood, relative to the working directory of the plan. A name only: it need not exist here. */
  readonly dir: string;
  /** File name in `dir` to text: `.tf`, `.tf.json` and, for OpenTofu, `.tofu` files. */
  readonly files: ReadonlyMap<string, string>;
}

const CONFIGURATION = "tfconfig/";
const MANIFEST = "tfconfig/modules.json";

/**
 * The configuration in a saved plan. Values of variables are not in it.
 * Throws InputError for damaged, encrypted and other files.
 * Source: https://github.com/hashicorp/terraform/blob/main/internal/plans/planfile/config_snapshot.go; observed with
 * Terraform 1.11.4.
 */
export function readSavedPlan(bytes: Uint8Array, label: string): SavedPlan {
  if (!isSavedPlan(bytes)) throw notSaved(bytes, label);
  const entries = readZip(bytes, label, (name) => name.startsWith(CONFIGURATION));
  const manifest = entries.get(MANIFEST);
  const listed = manifest === undefined ? undefined : parseManifest(textOf(manifest));
  if (listed === undefined) throw withoutConfiguration(label);
  const files = groupByModule(entries);
  const modules = listed.map((module) => ({ ...module, files: files.get(module.key) ?? new Map() }));
  return { modules: modules.sort((left, right) => Number(right.key === "") - Number(left.key === "")) };
}

type ListedModule = Omit<SavedModule, "files">;

/** `[{"Key":"a.b","Source":"./b","Dir":"a/b"}]`; `undefined` for anything else. */
function parseManifest(text: string): readonly ListedModule[] | undefined {
  let manifest: Json;
  try {
    manifest = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isArray(manifest)) return undefined;
  const modules = manifest.flatMap((entry) => {
    const key = get(entry, "Key") ?? "";
    const dir = get(entry, "Dir");
    const source = get(entry, "Source");
    if (typeof key !== "string" || typeof dir !== "string") return [];
    return [{ key, dir, source: typeof source === "string" ? source : undefined }];
  });
  const keys = new Set(modules.map((module) => module.key));
  return keys.has("") && keys.size === manifest.length ? modules : undefined;
}

/** `tfconfig/m-a.b/main.tf` is main.tf of module a.b. */
function groupByModule(entries: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, Map<string, string>> {
  const modules = new Map<string, Map<string, string>>();
  for (const [path, data] of entries) {
    const [folder, file, ...deeper] = path.slice(CONFIGURATION.length).split("/");
    if (folder?.startsWith("m-") !== true || file === undefined || file === "" || deeper.length > 0) continue;
    const key = folder.slice("m-".length);
    const files = modules.get(key) ?? new Map<string, string>();
    files.set(file, textOf(data));
    modules.set(key, files);
  }
  return modules;
}

/** Terraform has parsed these files already, so they are UTF-8. */
function textOf(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}

function withoutConfiguration(label: string): InputError {
  return refusal({
    code: "saved-plan-damaged",
    place: label,
    message: "this saved plan does not list the modules of its configuration",
    help: "terraform plan -out=tfplan && tfcheck plan.json --source tfplan",
  });
}

/** Encrypted plans of OpenTofu and the bookmarks that HCP Terraform saves are small JSON files. */
function notSaved(bytes: Uint8Array, label: string): InputError {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096));
  const problem = (code: string, message: string): InputError =>
    refusal({
      code,
      place: label,
      message,
      help: "give the directory of the configuration instead: tfcheck plan.json --source DIR",
    });
  if (/^\s*\{/.test(start)) {
    if (start.includes('"encrypted_data"')) {
      return problem("file-encrypted", "this saved plan is encrypted by OpenTofu");
    }
    if (start.includes('"remote_plan_format"')) {
      return problem(
        "plan-in-cloud",
        "this file only points to a run in HCP Terraform, the plan is not in it",
      );
    }
  }
  return refusal({
    code: "not-a-saved-plan",
    place: label,
    message: "this is no plan saved with -out, so it holds no configuration",
    help: planCommand("plan").replace("tfcheck plan.json", "tfcheck plan.json --source tfplan"),
  });
}
