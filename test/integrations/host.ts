// Stand-ins for a CI host: a folder to work in, and programs on the PATH that behave as terraform, terragrunt and npx do.
// Only the programs are made up; the shell and tfcheck are real.

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
import { dirname, join, resolve } from "node:path";
import { afterEach } from "vitest";
import { get } from "../../src/model/json.ts";
import { BUILT } from "../tools/run-built.ts";

/** What `terraform show -json` prints in each of the four cases a pipeline can meet. */
export const PLANS = {
  satisfied: resolve("examples/satisfied-chain/plan.json"),
  violated: resolve("examples/missing-subscription/plan.json"),
  undecided: resolve("examples/two-stacks/alarms/plan.json"),
  unusable: resolve("examples/README.md"),
} as const;
export type Case = keyof typeof PLANS;

export const VERSION = String(get(JSON.parse(readFileSync("package.json", "utf8")), "version"));

const PROGRAMS: Readonly<Record<string, string>> = {
  // Shows only what was planned before, by itself or by the host.
  terraform: `
case "$1" in
  init) ;;
  plan) for word; do case "$word" in -out=*) mkdir -p "$(dirname "\${word#-out=}")"; : > "\${word#-out=}";; esac; done ;;
  show) [ "$2" = -json ] && [ -e "$3" ] || exit 1; cat "$HOST_PLAN" ;;
  *) exit 1 ;;
esac`,
  // One plan a unit, as HOST_UNITS names them: unit=file.
  terragrunt: `
while [ "$1" != --json-out-dir ]; do shift; done
for unit in $HOST_UNITS; do mkdir -p "$2/\${unit%%=*}"; cp "\${unit#*=}" "$2/\${unit%%=*}/tfplan.json"; done
exit "\${HOST_TERRAGRUNT_EXIT:-0}"`,
  // npm's own options come first, then the package with its version.
  npx: `
while [ "\${1#tfcheck}" = "$1" ]; do shift; done
[ "$1" = "tfcheck@${VERSION}" ] || { echo "no such version: $1" >&2; exit 127; }
shift
exec tfcheck "$@"`,
  tfcheck: `exec "${process.execPath}" "${BUILT}" "$@"`,
};

export interface Run {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** A file that the run wrote, or `undefined`. */
  readonly written: (path: string) => string | undefined;
}

export interface Job {
  /** The shell and its options, as the host calls it; the script is a file and comes last. */
  readonly shell: readonly string[];
  readonly plan?: Case;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
}

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function runOnHost(
  script: string,
  { shell, plan = "satisfied", files = {}, env = {}, args = [] }: Job,
): Run {
  const host = mkdtempSync(join(tmpdir(), "tfcheck-host-"));
  folders.push(host);
  const work = join(host, "a folder");
  mkdirSync(work);
  const programs = join(host, "bin");
  for (const [name, body] of Object.entries(PROGRAMS))
    write(join(programs, name), `#!/bin/sh\n${body.trim()}\n`);
  for (const [name, text] of Object.entries({ ...codeOf(plan), ...files })) write(join(work, name), text);
  write(join(host, "script"), script);
  const [program = "sh", ...options] = shell;
  const { status, stdout, stderr } = spawnSync(program, [...options, join(host, "script"), ...args], {
    cwd: work,
    encoding: "utf8",
    env: { PATH: `${programs}:${process.env.PATH}`, LC_ALL: "C.UTF-8", HOST_PLAN: PLANS[plan], ...env },
  });
  const written = (path: string) => {
    const file = resolve(work, path);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  return { exit: status, stdout, stderr, written };
}

/** The code that the plan was made of. */
function codeOf(plan: Case): Readonly<Record<string, string>> {
  const folder = dirname(PLANS[plan]);
  const names = readdirSync(folder).filter((name) => name.endsWith(".tf"));
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}
