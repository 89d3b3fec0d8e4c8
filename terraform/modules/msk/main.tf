# Kafka: a broker in each of three zones. An event is acknowledged once two of them have it, so a broker can fail without loss of events
# or an interruption. TLS only; clients authenticate with a password (SCRAM), administrators with an IAM role.

locals {
  replicas = 3
  ports    = { "SCRAM" = 9096, "IAM" = 9098, "JMX exporter" = 11001, "node exporter" = 11002 }

  # Replicas of partitions that AWS recommends a broker to have at most, by the size of its machine.
  size        = regex("[^.]+$", var.instance_type)
  most        = lookup({ "small" = 300, "large" = 1000, "xlarge" = 1000, "2xlarge" = 2000 }, local.size, 4000)
  each_broker = length(var.topics) * var.partitions * local.replicas / length(var.subnet_ids)
}

resource "aws_security_group" "this" {
  name        = var.name
  description = "Kafka ${var.name}"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "clients" {
  for_each                     = local.ports
  security_group_id            = aws_security_group.this.id
  description                  = "${each.key} from the nodes"
  referenced_security_group_id = var.client_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = each.value
  to_port                      = each.value
}

resource "aws_vpc_security_group_ingress_rule" "brokers" {
  security_group_id            = aws_security_group.this.id
  description                  = "Between the brokers"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "-1"
}

resource "aws_msk_configuration" "this" {
  name           = var.name
  kafka_versions = ["4.1.x.kraft"]
  server_properties = join("\n", [
    "auto.create.topics.enable=false",
    "default.replication.factor=${local.replicas}",
    "min.insync.replicas=2",
    "unclean.leader.election.enable=false",
    "num.partitions=${var.partitions}",
    "log.retention.hours=168",
  ])

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_cloudwatch_log_group" "this" {
  name              = "/${var.name}/brokers"
  retention_in_days = 365
  kms_key_id        = var.kms_key_arn
}

resource "aws_msk_cluster" "this" {
  cluster_name           = var.name
  kafka_version          = "4.1.x.kraft"
  number_of_broker_nodes = length(var.subnet_ids)
  enhanced_monitoring    = "PER_TOPIC_PER_BROKER"

  broker_node_group_info {
    instance_type   = var.instance_type
    client_subnets  = var.subnet_ids
    security_groups = [aws_security_group.this.id]

    connectivity_info {
      public_access {
        type = "DISABLED"
      }
    }

    storage_info {
      ebs_storage_info {
        volume_size = var.storage_gb
      }
    }
  }

  configuration_info {
    arn      = aws_msk_configuration.this.arn
    revision = aws_msk_configuration.this.latest_revision
  }

  client_authentication {
    unauthenticated = false
    sasl {
      scram = true
      iam   = true
    }
  }

  encryption_info {
    encryption_at_rest_kms_key_arn = var.kms_key_arn
    encryption_in_transit {
      client_broker = "TLS"
      in_cluster    = true
    }
  }

  open_monitoring {
    prometheus {
      jmx_exporter {
        enabled_in_broker = true
      }
      node_exporter {
        enabled_in_broker = true
      }
    }
  }

  logging_info {
    broker_logs {
      cloudwatch_logs {
        enabled   = true
        log_group = aws_cloudwatch_log_group.this.name
      }
    }
  }

  lifecycle {
    ignore_changes = [broker_node_group_info[0].storage_info[0].ebs_storage_info[0].volume_size] # it grows by itself
    precondition {
      condition     = local.each_broker <= local.most
      error_message = "${length(var.topics)} topics of ${var.partitions} partitions are ${local.each_broker} replicas per broker; ${var.instance_type} has ${local.most} at most."
    }
  }
}

resource "aws_appautoscaling_target" "storage" {
  service_namespace  = "kafka"
  scalable_dimension = "kafka:broker-storage:VolumeSize"
  resource_id        = aws_msk_cluster.this.arn
  min_capacity       = 1
  max_capacity       = var.storage_gb * 4
}

resource "aws_appautoscaling_policy" "storage" {
  name               = "${var.name}-storage"
  policy_type        = "TargetTrackingScaling"
  service_namespace  = aws_appautoscaling_target.storage.service_namespace
  scalable_dimension = aws_appautoscaling_target.storage.scalable_dimension
  resource_id        = aws_appautoscaling_target.storage.resource_id

  target_tracking_scaling_policy_configuration {
    target_value = 60
    predefined_metric_specification {
      predefined_metric_type = "KafkaBrokerStorageUtilization"
    }
  }
}

# MSK requires this prefix and a customer-managed key for SCRAM secrets.

ephemeral "aws_secretsmanager_random_password" "client" {
  for_each            = var.clients
  password_length     = 40
  exclude_punctuation = true
}

resource "aws_secretsmanager_secret" "client" {
  #checkov:skip=CKV2_AWS_57:a higher `password_version` exchanges them, as the pods must take the new ones at the same time
  for_each   = var.clients
  name       = "AmazonMSK_${var.name}/${each.key}"
  kms_key_id = var.kms_key_arn
}

resource "aws_secretsmanager_secret_version" "client" {
  for_each  = var.clients
  secret_id = aws_secretsmanager_secret.client[each.key].id
  secret_string_wo = jsonencode({
    username = each.key
    password = ephemeral.aws_secretsmanager_random_password.client[each.key].random_password
  })
  secret_string_wo_version = var.password_version
}

resource "aws_secretsmanager_secret_policy" "client" {
  for_each   = var.clients
  secret_arn = aws_secretsmanager_secret.client[each.key].arn
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "kafka.amazonaws.com" }
      Action    = "secretsmanager:GetSecretValue"
      Resource  = aws_secretsmanager_secret.client[each.key].arn
    }]
  })
}

resource "aws_msk_scram_secret_association" "this" {
  cluster_arn     = aws_msk_cluster.this.arn
  secret_arn_list = [for version in aws_secretsmanager_secret_version.client : version.arn]
}
