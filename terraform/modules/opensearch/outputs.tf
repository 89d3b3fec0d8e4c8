output "connection" {
  description = "How the search service reaches it, without credentials."
  value = {
    url        = "https://${aws_opensearch_domain.this.endpoint}"
    secret_arn = aws_secretsmanager_secret.this.arn
  }
}
