terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "us-east-1"
}

module "trail" {
  source = "./modules/trail"
}

module "notify" {
  source   = "./modules/notify"
  for_each = toset(["security", "billing"])
  name     = each.key
}

module "alarms" {
  source         = "./modules/alarms"
  log_group_name = module.trail.log_group_name
  actions        = [module.notify["security"].topic_arn]
}
