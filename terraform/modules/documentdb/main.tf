# MongoDB for the catalogue and reviews: Amazon DocumentDB, an instance in each of three zones. The services need neither
# transactions nor retryable writes, which DocumentDB supports only in part.

locals {
  port = 27017
}

resource "aws_docdb_subnet_group" "this" {
  name       = var.name
  subnet_ids = var.subnet_ids
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "DocumentDB ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  security_group_id            = aws_security_group.this.id
  description                  = "MongoDB from the nodes"
  referenced_security_group_id = var.client_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

resource "aws_docdb_cluster_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "docdb5.0"
  description = "DocumentDB ${var.name}"

  parameter {
    name  = "tls"
    value = "enabled"
  }

  parameter {
    name  = "audit_logs"
    value = "enabled"
  }

  parameter {
    name  = "profiler"
    value = "enabled"
  }

  lifecycle {
    create_before_destroy = true
  }
}

ephemeral "aws_secretsmanager_random_password" "master" {
  password_length     = 40
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "master" {
  #checkov:skip=CKV2_AWS_57:used by people only, to prepare databases for Vault; password_version changes it
  name       = "${var.name}/master"
  kms_key_id = var.kms_key_arn
}

resource "aws_secretsmanager_secret_version" "master" {
  secret_id                = aws_secretsmanager_secret.master.id
  secret_string_wo         = ephemeral.aws_secretsmanager_random_password.master.random_password
  secret_string_wo_version = var.password_version
}

# The value in the secret, not the one generated in this run: they differ if an earlier run failed between the two.
ephemeral "aws_secretsmanager_secret_version" "master" {
  secret_id  = aws_secretsmanager_secret.master.id
  version_id = aws_secretsmanager_secret_version.master.version_id
}

resource "aws_docdb_cluster" "this" {
  cluster_identifier = var.name
  engine             = "docdb"
  engine_version     = "5.0.0"
  port               = local.port

  master_username            = "master"
  master_password_wo         = ephemeral.aws_secretsmanager_secret_version.master.secret_string
  master_password_wo_version = var.password_version

  storage_encrypted               = true
  kms_key_id                      = var.kms_key_arn
  db_subnet_group_name            = aws_docdb_subnet_group.this.name
  db_cluster_parameter_group_name = aws_docdb_cluster_parameter_group.this.name
  vpc_security_group_ids          = [aws_security_group.this.id]

  backup_retention_period         = 35
  preferred_backup_window         = "01:00-02:00"
  preferred_maintenance_window    = "tue:02:30-tue:03:30"
  deletion_protection             = var.is_protected
  skip_final_snapshot             = !var.is_protected
  final_snapshot_identifier       = "${var.name}-last"
  enabled_cloudwatch_logs_exports = ["audit", "profiler"]

  tags = { Backup = "daily" }
}

resource "aws_docdb_cluster_instance" "this" {
  count                      = length(var.subnet_ids)
  identifier                 = "${var.name}-${count.index}"
  cluster_identifier         = aws_docdb_cluster.this.id
  instance_class             = var.instance_class
  ca_cert_identifier         = "rds-ca-rsa2048-g1"
  auto_minor_version_upgrade = true
}
