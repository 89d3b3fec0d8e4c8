provider "aws" {
  region = "eu-central-1"
}

variables {
  name                     = "shop-test"
  instance_type            = "kafka.m7g.large"
  storage_gb               = 100
  topics                   = ["order.placed", "user.profile.updated"]
  clients                  = ["order", "user"]
  vpc_id                   = "vpc-1"
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  client_security_group_id = "sg-nodes"
  kms_key_arn              = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "loses_no_event_with_a_broker" {
  command = plan

  assert {
    condition     = aws_msk_cluster.this.number_of_broker_nodes == 3 && length(aws_msk_cluster.this.broker_node_group_info[0].client_subnets) == 3
    error_message = "A broker is in each zone."
  }
  assert {
    condition = alltrue([
      for setting in [
        "default.replication.factor=3", "min.insync.replicas=2", "unclean.leader.election.enable=false",
        "auto.create.topics.enable=false",
      ] : contains(split("\n", aws_msk_configuration.this.server_properties), setting)
    ])
    error_message = "Two of three replicas have each event, and no broker without it leads."
  }
}

run "tls_and_credentials_for_everyone" {
  command = plan

  assert {
    condition = (
      aws_msk_cluster.this.encryption_info[0].encryption_in_transit[0].client_broker == "TLS" &&
      aws_msk_cluster.this.encryption_info[0].encryption_in_transit[0].in_cluster &&
      aws_msk_cluster.this.encryption_info[0].encryption_at_rest_kms_key_arn == var.kms_key_arn
    )
    error_message = "Encrypted between clients, between brokers, and on disk."
  }
  assert {
    condition     = aws_msk_cluster.this.client_authentication[0].unauthenticated == false && aws_msk_cluster.this.client_authentication[0].sasl[0].scram
    error_message = "Clients authenticate with a password."
  }
  assert {
    condition     = aws_msk_cluster.this.broker_node_group_info[0].connectivity_info[0].public_access[0].type == "DISABLED"
    error_message = "Brokers have no public address."
  }
  assert {
    condition     = alltrue([for rule in aws_vpc_security_group_ingress_rule.clients : rule.cidr_ipv4 == null && rule.referenced_security_group_id == "sg-nodes"])
    error_message = "Only nodes may connect."
  }
}

run "a_password_for_each_service" {
  command = apply

  assert {
    condition     = toset(keys(output.connection.secret_arns)) == var.clients
    error_message = "Each service has its own."
  }
  assert {
    condition     = alltrue([for secret in aws_secretsmanager_secret.client : startswith(secret.name, "AmazonMSK_") && secret.kms_key_id == var.kms_key_arn])
    error_message = "MSK requires this prefix and a customer-managed key."
  }
  assert {
    condition     = alltrue([for version in aws_secretsmanager_secret_version.client : version.secret_string == null])
    error_message = "No password is in the state."
  }
}

run "refuses_more_partitions_than_brokers_bear" {
  command = plan
  variables {
    instance_type = "kafka.t3.small"
    partitions    = 100
    topics        = ["a.a", "a.b", "a.c", "a.d"]
  }
  expect_failures = [aws_msk_cluster.this]
}
