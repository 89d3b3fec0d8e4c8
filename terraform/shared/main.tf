# Shared by all environments and applied before them: the bucket for their state, the repositories of images, the roles of
# GitHub's workflows, and the tags by which costs are counted.

terraform {
  required_version = ">= 1.11"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.25"
    }
  }

  # Bucket and region: backend.hcl; the README says how it gets there, as this makes the bucket.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

variable "region" {
  description = "AWS region of state and images."
  type        = string
  default     = "eu-central-1"
  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "Such as eu-central-1."
  }
}

variable "reader_account_ids" {
  description = "Other accounts whose clusters pull the images."
  type        = set(string)
  default     = []
  validation {
    condition     = alltrue([for id in var.reader_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "Account ids have twelve digits."
  }
}

variable "repository" {
  description = "The repository on GitHub from which the shop is delivered: owner and name."
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "Such as example/shop."
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = { Project = "shop", Environment = "shared", ManagedBy = "terraform" }
  }
}

data "aws_caller_identity" "current" {}

locals {
  # Each folder of a service is an image.
  images = toset([for file in fileset("${path.module}/../../services", "*/main/server.ts") : split("/", file)[0]])
}

resource "aws_kms_key" "this" {
  description             = "shop: state and images"
  enable_key_rotation     = true
  deletion_window_in_days = 30
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Owner"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" }
      Action    = "kms:*"
      Resource  = "*"
    }]
  })
}

module "ecr" {
  source             = "../modules/ecr"
  prefix             = "shop"
  images             = local.images
  kms_key_arn        = aws_kms_key.this.arn
  reader_account_ids = var.reader_account_ids
}

module "github" {
  source           = "../modules/github"
  prefix           = "shop"
  repository       = var.repository
  image_arns       = module.ecr.arns
  state_bucket_arn = aws_s3_bucket.state.arn
}

resource "aws_s3_bucket" "state" {
  #checkov:skip=CKV_AWS_18:CloudTrail records who reads state; a bucket of access logs would be one more to guard
  #checkov:skip=CKV_AWS_144:versions protect the state, and what it describes is in one region too
  #checkov:skip=CKV2_AWS_62:nothing waits for a new state
  bucket = "shop-terraform-state-${data.aws_caller_identity.current.account_id}"
  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "state" {
  bucket = aws_s3_bucket.state.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "state" {
  bucket = aws_s3_bucket.state.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.this.arn
    }
  }
}

resource "aws_s3_bucket_public_access_block" "state" {
  bucket                  = aws_s3_bucket.state.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_lifecycle_configuration" "state" {
  bucket = aws_s3_bucket.state.id
  rule {
    id     = "old-versions"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
    noncurrent_version_expiration {
      noncurrent_days           = 365
      newer_noncurrent_versions = 20
    }
  }
}

resource "aws_s3_bucket_policy" "state" {
  bucket = aws_s3_bucket.state.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.state.arn, "${aws_s3_bucket.state.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# Costs are counted by these tags only once they are activated, which takes a day.
resource "aws_ce_cost_allocation_tag" "this" {
  for_each = toset(["Project", "Environment"])
  tag_key  = each.key
  status   = "Active"
}

output "repositories" {
  description = "Address of the repository, by image."
  value       = module.ecr.repositories
}

output "github_role_arns" {
  description = "Roles of GitHub's workflows, by purpose; the variables PLAN_ROLE, IMAGES_ROLE and RELEASE_ROLE of the repository."
  value       = module.github.role_arns
}
