# Backups of everything with the tag `Backup = daily`: kept for 35 days, and a monthly one for a year. Each Sunday AWS restores the
# newest one of each kind, so a backup that can't be restored is noticed; `restore-drill.sh` reports the results.

locals {
  # Names here have no dashes.
  plan = replace(var.name, "-", "_")
  kinds = {
    rds        = "RDS"
    documentdb = "DocumentDB"
    s3         = "S3"
  }
}

resource "aws_backup_vault" "this" {
  name        = var.name
  kms_key_arn = var.kms_key_arn
}

# Even administrators without the right to remove this lock can't delete a backup early.
resource "aws_backup_vault_lock_configuration" "this" {
  backup_vault_name  = aws_backup_vault.this.name
  min_retention_days = 7
  max_retention_days = 366
}

resource "aws_iam_role" "this" {
  name = "${var.name}-backup"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "backup.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each = toset([
    "service-role/AWSBackupServiceRolePolicyForBackup",
    "service-role/AWSBackupServiceRolePolicyForRestores",
    "AWSBackupServiceRolePolicyForS3Backup",
    "AWSBackupServiceRolePolicyForS3Restore",
  ])
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/${each.key}"
}

resource "aws_backup_plan" "this" {
  name = var.name

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.this.name
    schedule          = "cron(0 3 * * ? *)"
    start_window      = 60
    completion_window = 360
    lifecycle {
      delete_after = 35
    }
  }

  rule {
    rule_name         = "monthly"
    target_vault_name = aws_backup_vault.this.name
    schedule          = "cron(0 4 1 * ? *)"
    start_window      = 60
    completion_window = 720
    lifecycle {
      delete_after = 366
    }
  }
}

resource "aws_backup_selection" "this" {
  name         = "tagged"
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.this.arn
  resources    = ["*"]
  selection_tag {
    type  = "STRINGEQUALS"
    key   = "Backup"
    value = "daily"
  }
}

resource "aws_backup_restore_testing_plan" "this" {
  name                = "${local.plan}_weekly"
  schedule_expression = "cron(0 6 ? * SUN *)"
  start_window_hours  = 4
  recovery_point_selection {
    algorithm             = "LATEST_WITHIN_WINDOW"
    include_vaults        = [aws_backup_vault.this.arn]
    recovery_point_types  = ["SNAPSHOT"]
    selection_window_days = 2
  }
}

resource "aws_backup_restore_testing_selection" "this" {
  for_each                  = local.kinds
  name                      = "${local.plan}_${each.key}"
  restore_testing_plan_name = aws_backup_restore_testing_plan.this.name
  protected_resource_type   = each.value
  iam_role_arn              = aws_iam_role.this.arn
  validation_window_hours   = 4
  protected_resource_conditions {
    string_equals {
      key   = "aws:ResourceTag/Backup"
      value = "daily"
    }
  }
}
