#!/bin/sh
# Plans every unit below this folder and checks them together, as one account's world: tfcheck-all.sh UNITS [OPTION...]
# UNITS is how many plans there have to be. A unit whose plan fails writes none, and must not look like a satisfied one.
set -eu
units=$1
shift

rm -rf plans && mkdir plans
terragrunt run --all --non-interactive --out-dir "$PWD/plans" --json-out-dir "$PWD/plans" -- plan || exit 2
find plans -name tfplan.json | sort > plans/list

found=$(wc -l < plans/list)
if [ "$found" -ne "$units" ]; then
  echo "$units plans expected, $((found)) written" >&2
  exit 2
fi

# The first one is the plan to check; the others stand beside it.
first=
while IFS= read -r plan; do
  if [ -z "$first" ]; then first=$plan; else set -- "$@" --with "$plan"; fi
done < plans/list
npx --yes tfcheck@0.1.0 "$first" "$@"
