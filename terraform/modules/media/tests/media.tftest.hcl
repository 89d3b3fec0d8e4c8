provider "aws" {
  region = "eu-central-1"
}

variables {
  name    = "shop-test"
  domain  = "shop.example.com"
  zone_id = "Z1"
  origin = {
    domain_name     = "ingress.example.com"
    vpc_origin_id   = "vo_1"
    certificate_arn = "arn:aws:acm:us-east-1:111122223333:certificate/1"
    web_acl_arn     = "arn:aws:wafv2:us-east-1:111122223333:global/webacl/1"
  }
  kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/data"
  is_protected = true
}

run "the_bucket_is_private_and_encrypted" {
  command = apply

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.this.block_public_acls, aws_s3_bucket_public_access_block.this.block_public_policy,
      aws_s3_bucket_public_access_block.this.ignore_public_acls, aws_s3_bucket_public_access_block.this.restrict_public_buckets,
    ])
    error_message = "Nothing in it can be made public."
  }
  assert {
    condition     = alltrue([for statement in jsondecode(aws_s3_bucket_policy.this.policy).Statement : statement.Effect == "Deny"])
    error_message = "Its policy lets nobody in."
  }
  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.this.rule).apply_server_side_encryption_by_default).sse_algorithm == "aws:kms"
    error_message = "It is encrypted with the shop's key."
  }
  assert {
    condition     = aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" && !aws_s3_bucket.this.force_destroy
    error_message = "Deleted files can be restored, and a bucket with files is not deleted."
  }
}

run "erased_files_leave_the_bucket" {
  command = plan

  assert {
    condition = anytrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      rule.status == "Enabled" && anytrue([for old in rule.noncurrent_version_expiration : old.noncurrent_days <= 30])
    ])
    error_message = "Deleted files are gone within 30 days."
  }
}

run "cloudfront_caches_as_the_service_says" {
  command = plan

  assert {
    condition     = aws_cloudfront_cache_policy.this.min_ttl == 0 && aws_cloudfront_cache_policy.this.default_ttl == 0 && aws_cloudfront_cache_policy.this.max_ttl == 31536000
    error_message = "A public file for a year, one with `no-store` never."
  }
  assert {
    condition = (
      aws_cloudfront_cache_policy.this.parameters_in_cache_key_and_forwarded_to_origin[0].query_strings_config[0].query_string_behavior == "all" &&
      aws_cloudfront_cache_policy.this.parameters_in_cache_key_and_forwarded_to_origin[0].cookies_config[0].cookie_behavior == "none"
    )
    error_message = "Signatures reach the service, cookies do not."
  }
  assert {
    condition     = toset(aws_cloudfront_distribution.this.default_cache_behavior[0].allowed_methods) == toset(["GET", "HEAD"])
    error_message = "Files are only read here."
  }
}

run "the_service_may_do_no_more_than_it_does" {
  command = apply

  assert {
    condition     = alltrue([for statement in jsondecode(output.policy).Statement : !strcontains(jsonencode(statement.Action), "*")])
    error_message = "Each action is named."
  }
}
