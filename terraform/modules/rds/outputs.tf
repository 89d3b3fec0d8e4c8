output "connection" {
  description = "Connection settings, without credentials; `replica_host` is null without one."
  value = {
    host         = aws_db_instance.this.address
    port         = local.port
    replica_host = one(aws_db_instance.replica[*].address)
    secret_arn   = aws_secretsmanager_secret.master.arn
  }
}
