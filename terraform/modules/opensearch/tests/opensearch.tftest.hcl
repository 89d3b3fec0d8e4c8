provider "aws" {
  region = "eu-central-1"
}

variables {
  name                     = "shop-test"
  instance_type            = "m7g.large.search"
  storage_gb               = 100
  vpc_id                   = "vpc-1"
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  client_security_group_id = "sg-nodes"
  kms_key_arn              = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "three_zones" {
  command = plan

  assert {
    condition = (
      aws_opensearch_domain.this.cluster_config[0].instance_count == 3 &&
      aws_opensearch_domain.this.cluster_config[0].zone_awareness_enabled &&
      aws_opensearch_domain.this.cluster_config[0].zone_awareness_config[0].availability_zone_count == 3
    )
    error_message = "A machine is in each of three zones, and shards are spread over them."
  }
}

run "encrypted_everywhere" {
  command = plan

  assert {
    condition = (
      aws_opensearch_domain.this.encrypt_at_rest[0].enabled &&
      aws_opensearch_domain.this.encrypt_at_rest[0].kms_key_id == var.kms_key_arn &&
      aws_opensearch_domain.this.node_to_node_encryption[0].enabled &&
      aws_opensearch_domain.this.domain_endpoint_options[0].enforce_https
    )
    error_message = "On disk, between machines, and for clients."
  }
}

run "fine_grained_access_within_the_vpc" {
  command = plan

  assert {
    condition     = aws_opensearch_domain.this.advanced_security_options[0].enabled && aws_opensearch_domain.this.advanced_security_options[0].internal_user_database_enabled
    error_message = "Users have roles."
  }
  assert {
    condition     = toset(aws_opensearch_domain.this.vpc_options[0].subnet_ids) == toset(var.subnet_ids)
    error_message = "It has no public address."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.clients.referenced_security_group_id == "sg-nodes" && aws_vpc_security_group_ingress_rule.clients.cidr_ipv4 == null
    error_message = "Only nodes may connect."
  }
  assert {
    condition     = contains([for log in aws_opensearch_domain.this.log_publishing_options : log.log_type], "AUDIT_LOGS")
    error_message = "Who does what is logged."
  }
}
