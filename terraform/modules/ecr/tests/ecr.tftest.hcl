provider "aws" {
  region = "eu-central-1"
}

variables {
  prefix      = "shop"
  images      = ["order", "cart"]
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "an_image_never_changes" {
  command = plan

  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_tag_mutability == "IMMUTABLE"])
    error_message = "A tag always means the same image."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.image_scanning_configuration[0].scan_on_push])
    error_message = "Each push is scanned."
  }
  assert {
    condition     = alltrue([for repository in aws_ecr_repository.this : repository.encryption_configuration[0].kms_key == var.kms_key_arn])
    error_message = "Images are encrypted with the shop's key."
  }
  assert {
    condition     = length(aws_ecr_repository_policy.readers) == 0
    error_message = "No other account reads them by default."
  }
}

run "other_accounts_only_read" {
  command = plan
  variables {
    reader_account_ids = ["444455556666"]
  }

  assert {
    condition = alltrue([
      for policy in aws_ecr_repository_policy.readers :
      !strcontains(policy.policy, "Put") && !strcontains(policy.policy, "ecr:*") && strcontains(policy.policy, "444455556666")
    ])
    error_message = "They pull, and push nothing."
  }
}
