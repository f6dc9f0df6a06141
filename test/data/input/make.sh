#!/bin/sh
# Makes the files beside it with the terraform on the PATH, in a scratch directory. Needs no provider but the
# builtin one (terraform_data, terraform_remote_state) and no network. Object ids differ from run to run.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CHECKPOINT_DISABLE=1

plan() { # NAME [plan arguments]
  name=$1
  shift
  terraform plan -no-color -out="$name.tfplan" "$@" > "$name.printed" || true
  terraform show -json "$name.tfplan" > "$here/$name.json"
}

# A plan for nothing that exists yet, applied; then one that does everything to it.
mkdir -p "$work/actions/child/deep" && cd "$work/actions"
cat > child/main.tf << 'EOF'
variable "topic" { type = string }
variable "secret" {
  type      = string
  sensitive = true
  default   = null
}
resource "terraform_data" "this" {
  input = { topic = var.topic, secret = var.secret }
}
module "deep" {
  source = "./deep"
  count  = 1
  name   = terraform_data.this.id
}
output "id" { value = terraform_data.this.id }
output "deep" { value = module.deep[*].out }
EOF
cat > child/deep/main.tf << 'EOF'
variable "name" { type = string }
resource "terraform_data" "leaf" {
  for_each = toset(["__proto__", "constructor"])
  input    = "${var.name}/${each.key}"
}
output "out" { value = [for leaf in terraform_data.leaf : leaf.output] }
EOF
cat > other.tfstate << 'EOF'
{"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"00000000-0000-0000-0000-000000000001",
"outputs":{"topic_arn":{"value":"arn:aws:sns:us-east-1:111122223333:alarms","type":"string"}},
"resources":[],"check_results":null}
EOF
cat > main.tf << 'EOF'
variable "region" {
  type    = string
  default = "us-east-1"
}
variable "secret" {
  type      = string
  sensitive = true
  default   = "example-secret"
}
data "terraform_remote_state" "other" {
  backend = "local"
  config  = { path = "${path.module}/other.tfstate" }
}
resource "terraform_data" "unchanged" { input = var.region }
resource "terraform_data" "updated" { input = "one" }
resource "terraform_data" "replaced" { triggers_replace = "one" }
resource "terraform_data" "replaced_before" {
  triggers_replace = "one"
  lifecycle { create_before_destroy = true }
}
resource "terraform_data" "deleted" { input = "gone next time" }
resource "terraform_data" "old_name" { input = "moved" }
resource "terraform_data" "forgotten" { input = "kept outside" }
resource "terraform_data" "counted" {
  count = 2
  input = [count.index, terraform_data.unchanged.id]
}
module "keyed" {
  source   = "./child"
  for_each = { "plain" = "a", "a.b[\"c\"]/d" = "b", "$${x} %%{y} \\ é" = "c" }
  topic    = data.terraform_remote_state.other.outputs.topic_arn
  secret   = var.secret
}
output "ids" { value = { for key, child in module.keyed : key => child.id } }
EOF
terraform init -no-color > init.printed
plan create
cp create.tfplan "$here/saved.tfplan"
cp create.printed "$here/printed.txt"
terraform plan -json > "$here/log-lines.ndjson"
terraform apply -no-color -auto-approve create.tfplan > apply.printed
terraform show -json > "$here/state.json"
cp terraform.tfstate "$here/stored.tfstate"
plan destroy -destroy
sed -i -e '/"deleted"/d' -e '/"forgotten"/d' -e 's/"old_name"/"new_name"/' -e '/"updated"/s/one/two/' \
  -e 's/triggers_replace = "one"/triggers_replace = "two"/' -e 's/"plain" = "a"/"still \\"plain\\"" = "a"/' main.tf
cat >> main.tf << 'EOF'
moved {
  from = terraform_data.old_name
  to   = terraform_data.new_name
}
moved {
  from = module.keyed["plain"]
  to   = module.keyed["still \"plain\""]
}
removed {
  from = terraform_data.forgotten
  lifecycle { destroy = false }
}
import {
  to = terraform_data.imported
  id = "11111111-2222-3333-4444-555555555555"
}
resource "terraform_data" "imported" {}
EOF
plan changes

# A replacement that fails half-way leaves a deposed object and a tainted one.
mkdir "$work/partial" && cd "$work/partial"
cat > main.tf << 'EOF'
resource "terraform_data" "rotated" {
  triggers_replace = "one"
  lifecycle { create_before_destroy = true }
}
resource "terraform_data" "updated" { input = "one" }
EOF
terraform init -no-color > init.printed
terraform apply -no-color -auto-approve > apply.printed
sed -i 's/triggers_replace = "one"/triggers_replace = "two"\n  provisioner "local-exec" { command = "exit 1" }/' main.tf
terraform apply -no-color -auto-approve > apply.printed 2>&1 || true
terraform show -json > "$here/deposed-state.json"
cp terraform.tfstate "$here/deposed.tfstate"
sed -i 's/input = "one"/input = "two"/' main.tf
plan deposed
plan target -target=terraform_data.updated
plan refresh-only -refresh-only
cat >> main.tf << 'EOF'
resource "terraform_data" "checked" {
  input = terraform_data.updated.id
  lifecycle {
    precondition {
      condition     = terraform_data.updated.input == "three"
      error_message = "not three"
    }
  }
}
EOF
plan errored 2> errored.stderr

# The same language written as JSON: expressions keep their text.
mkdir "$work/tf-json" && cd "$work/tf-json"
cat > main.tf.json << 'EOF'
{"variable": {"names": {"default": ["p", "q"]}},
 "resource": {"terraform_data": {
   "source": {"for_each": "${toset(var.names)}", "input": "${each.key}"},
   "joined": {"input": ["${terraform_data.source[\"p\"].id}", "literal"]}}}}
EOF
terraform init -no-color > init.printed
plan tf-json

# No state at all.
mkdir "$work/empty" && cd "$work/empty"
terraform show -json > "$here/empty-state.json"

cd "$here" && npx biome format --write . > "$work/format.printed"
