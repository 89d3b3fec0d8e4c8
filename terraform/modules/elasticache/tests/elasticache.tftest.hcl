provider "aws" {
  region = "eu-central-1"
}

variables {
  name                     = "shop-test-cart"
  node_type                = "cache.m7g.large"
  eviction                 = "noeviction"
  vpc_id                   = "vpc-1"
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  client_security_group_id = "sg-nodes"
  kms_key_arn              = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "outlives_a_zone" {
  command = plan

  assert {
    condition = (
      aws_elasticache_replication_group.this.num_cache_clusters >= 2 &&
      aws_elasticache_replication_group.this.multi_az_enabled &&
      aws_elasticache_replication_group.this.automatic_failover_enabled
    )
    error_message = "A replica in another zone takes over by itself."
  }
}

run "encrypted_and_with_a_password" {
  command = apply

  assert {
    condition = (
      tobool(aws_elasticache_replication_group.this.at_rest_encryption_enabled) &&
      aws_elasticache_replication_group.this.transit_encryption_enabled &&
      aws_elasticache_replication_group.this.transit_encryption_mode == "required"
    )
    error_message = "Encrypted on disk, and on the wire without exception."
  }
  assert {
    condition     = nonsensitive(aws_elasticache_replication_group.this.auth_token) == nonsensitive(random_password.this.result)
    error_message = "Clients must authenticate with a password."
  }
}

run "carts_are_kept" {
  command = plan

  assert {
    condition     = one([for parameter in aws_elasticache_parameter_group.this.parameter : parameter.value if parameter.name == "maxmemory-policy"]) == "noeviction"
    error_message = "Nothing is dropped when memory is full."
  }
  assert {
    condition     = aws_elasticache_replication_group.this.snapshot_retention_limit >= 7
    error_message = "There are snapshots of a week."
  }
}

run "only_for_nodes" {
  command = plan

  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.clients.referenced_security_group_id == "sg-nodes" &&
      aws_vpc_security_group_ingress_rule.clients.cidr_ipv4 == null
    )
    error_message = "Only nodes may connect."
  }
}
