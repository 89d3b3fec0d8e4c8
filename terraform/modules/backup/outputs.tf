output "vault" {
  description = "Name of the vault."
  value       = aws_backup_vault.this.name
}

output "restore_testing_plan" {
  description = "Name of the weekly drill."
  value       = aws_backup_restore_testing_plan.this.name
}
