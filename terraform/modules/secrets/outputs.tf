output "kms_key_arn" {
  description = "Key for data at rest."
  value       = aws_kms_key.data.arn
}

output "vault_key_id" {
  description = "Key that unseals Vault."
  value       = aws_kms_key.vault.key_id
}

output "vault_policy" {
  description = "IAM policy of Vault's pods: they may unseal it."
  value = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["kms:Encrypt", "kms:Decrypt", "kms:DescribeKey"]
      Resource = aws_kms_key.vault.arn
    }]
  })
}
