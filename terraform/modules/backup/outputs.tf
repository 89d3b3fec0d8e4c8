output "vault" {
  description = "Name of the vault."
  value       = aws_backup_vault.this.name
}

output "restore_testing_plan_arn" {
  description = "The weekly drill, for restore-drill.sh."
  value       = aws_backup_restore_testing_plan.this.arn
}
