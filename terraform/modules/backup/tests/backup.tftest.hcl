provider "aws" {
  region = "eu-central-1"
}

variables {
  name        = "shop-test"
  kms_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "backups_are_kept" {
  command = plan

  assert {
    condition     = { for rule in aws_backup_plan.this.rule : rule.rule_name => rule.lifecycle[0].delete_after } == { daily = 35, monthly = 366 }
    error_message = "Daily ones for 35 days, monthly ones for a year."
  }
  assert {
    condition     = aws_backup_vault.this.kms_key_arn == var.kms_key_arn && aws_backup_vault_lock_configuration.this.min_retention_days >= 7
    error_message = "They are encrypted, and can't be deleted in the first week."
  }
}

run "restores_are_tried" {
  command = plan

  assert {
    condition     = toset([for selection in aws_backup_restore_testing_selection.this : selection.protected_resource_type]) == toset(["RDS", "DocumentDB", "S3"])
    error_message = "One of each kind, every week."
  }
}
