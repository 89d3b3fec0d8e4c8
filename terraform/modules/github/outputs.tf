output "role_arns" {
  description = "ARN of the role, by purpose."
  value       = { for purpose, role in aws_iam_role.this : purpose => role.arn }
}
