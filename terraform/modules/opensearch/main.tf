# OpenSearch: three machines in three zones, each also eligible as cluster manager, so the domain survives the
# loss of a zone. The index can be rebuilt from the catalogue.

data "aws_caller_identity" "current" {}
data "aws_region" "current" {}

locals {
  arn  = "arn:aws:es:${data.aws_region.current.region}:${data.aws_caller_identity.current.account_id}:domain/${var.name}"
  logs = { INDEX_SLOW_LOGS = "index-slow", SEARCH_SLOW_LOGS = "search-slow", ES_APPLICATION_LOGS = "application", AUDIT_LOGS = "audit" }
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "OpenSearch ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  security_group_id            = aws_security_group.this.id
  description                  = "HTTPS from the nodes"
  referenced_security_group_id = var.client_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_cloudwatch_log_group" "this" {
  for_each          = local.logs
  name              = "/${var.name}/${each.value}"
  retention_in_days = 365
  kms_key_id        = var.kms_key_arn
}

resource "aws_cloudwatch_log_resource_policy" "this" {
  policy_name = var.name
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "es.amazonaws.com" }
      Action    = ["logs:PutLogEvents", "logs:CreateLogStream"]
      Resource  = [for group in aws_cloudwatch_log_group.this : "${group.arn}:*"]
      Condition = { ArnLike = { "aws:SourceArn" = local.arn } }
    }]
  })
}

# OpenSearch takes its password only as an argument that is kept in the state, unlike the databases. OpenSearch requires all kinds of characters.
resource "random_password" "this" {
  length      = 40
  special     = true
  min_lower   = 1
  min_upper   = 1
  min_numeric = 1
  min_special = 1
  # Characters that need no escaping in a URL.
  override_special = "-._~"
}

resource "aws_secretsmanager_secret" "this" {
  #checkov:skip=CKV2_AWS_57:the user of the search service gets a role of its own from Vault; this one is for administrators
  name       = "${var.name}/master"
  kms_key_id = var.kms_key_arn
}

resource "aws_secretsmanager_secret_version" "this" {
  secret_id     = aws_secretsmanager_secret.this.id
  secret_string = random_password.this.result
}

resource "aws_opensearch_domain" "this" {
  #checkov:skip=CKV_AWS_317:audit logs are one of `local.logs`; checkov does not read the dynamic block
  #checkov:skip=CKV_AWS_318:an index of this size does not keep its managers busy, and it can be rebuilt from the catalogue
  #checkov:skip=CKV2_AWS_59:an index of this size does not keep its managers busy, and it can be rebuilt from the catalogue
  domain_name    = var.name
  engine_version = "OpenSearch_2.19"

  cluster_config {
    instance_type          = var.instance_type
    instance_count         = length(var.subnet_ids)
    zone_awareness_enabled = true
    zone_awareness_config {
      availability_zone_count = length(var.subnet_ids)
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = var.storage_gb
  }

  vpc_options {
    subnet_ids         = var.subnet_ids
    security_group_ids = [aws_security_group.this.id]
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = var.kms_key_arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  advanced_security_options {
    enabled                        = true
    internal_user_database_enabled = true
    master_user_options {
      master_user_name     = "master"
      master_user_password = random_password.this.result
    }
  }

  advanced_options = { "action.auto_create_index" = "false" }

  # Access is decided by the users and roles of OpenSearch, and by the network.
  access_policies = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { AWS = "*" }, Action = "es:ESHttp*", Resource = "${local.arn}/*" }]
  })

  dynamic "log_publishing_options" {
    for_each = aws_cloudwatch_log_group.this
    content {
      log_type                 = log_publishing_options.key
      cloudwatch_log_group_arn = log_publishing_options.value.arn
    }
  }

  software_update_options {
    auto_software_update_enabled = true
  }

  depends_on = [aws_cloudwatch_log_resource_policy.this]
}
