output "connection" {
  description = "Connection settings, without credentials."
  value = {
    url        = "https://${aws_opensearch_domain.this.endpoint}"
    secret_arn = aws_secretsmanager_secret.this.arn
  }
}
