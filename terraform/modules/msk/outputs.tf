output "connection" {
  description = "Connection settings, without credentials; the settings of the topics that they make."
  value = {
    brokers     = aws_msk_cluster.this.bootstrap_brokers_sasl_scram
    mechanism   = "SCRAM-SHA-512"
    topics      = sort(var.topics)
    partitions  = var.partitions
    replicas    = local.replicas
    secret_arns = { for client, secret in aws_secretsmanager_secret.client : client => secret.arn }
  }
}
