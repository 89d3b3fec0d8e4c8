output "connection" {
  description = "Connection settings, without credentials."
  value = {
    host       = aws_docdb_cluster.this.endpoint
    port       = local.port
    options    = "tls=true&replicaSet=rs0&readPreference=primary&retryWrites=false"
    secret_arn = aws_secretsmanager_secret.master.arn
  }
}
