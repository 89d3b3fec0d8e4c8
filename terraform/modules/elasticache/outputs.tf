output "connection" {
  description = "Connection settings (`rediss://`), without credentials."
  value = {
    host       = aws_elasticache_replication_group.this.primary_endpoint_address
    port       = local.port
    secret_arn = aws_secretsmanager_secret.this.arn
  }
}
