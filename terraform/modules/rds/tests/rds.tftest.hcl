provider "aws" {
  region = "eu-central-1"
}

variables {
  name                     = "shop-test-user"
  database                 = "user"
  instance_class           = "db.m7g.large"
  storage_gb               = 100
  has_replica              = true
  is_protected             = true
  vpc_id                   = "vpc-1"
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  client_security_group_id = "sg-nodes"
  kms_key_arn              = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "no_public_database" {
  command = plan

  assert {
    condition     = alltrue([for db in concat([aws_db_instance.this], aws_db_instance.replica) : db.publicly_accessible == false])
    error_message = "Neither the instance nor its replica has a public address."
  }
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.clients.referenced_security_group_id == "sg-nodes" &&
      aws_vpc_security_group_ingress_rule.clients.cidr_ipv4 == null
    )
    error_message = "Only nodes may connect."
  }
  assert {
    condition     = toset(aws_db_subnet_group.this.subnet_ids) == toset(var.subnet_ids)
    error_message = "It is in the subnets of stores."
  }
}

run "encrypted_on_disk_and_on_the_wire" {
  command = plan

  assert {
    condition     = alltrue([for db in concat([aws_db_instance.this], aws_db_instance.replica) : db.storage_encrypted && db.kms_key_id == var.kms_key_arn])
    error_message = "Storage is encrypted with the shop's key."
  }
  assert {
    condition     = anytrue([for parameter in aws_db_parameter_group.this.parameter : parameter.name == "rds.force_ssl" && parameter.value == "1"])
    error_message = "Connections without TLS are refused."
  }
}

run "outlives_a_zone_and_a_mistake" {
  command = plan

  assert {
    condition     = aws_db_instance.this.multi_az
    error_message = "A standby is in another zone."
  }
  assert {
    condition     = aws_db_instance.this.backup_retention_period == 35
    error_message = "Point-in-time recovery covers 35 days."
  }
  assert {
    condition     = aws_db_instance.this.deletion_protection && !aws_db_instance.this.skip_final_snapshot
    error_message = "It is protected from deletion, and leaves a snapshot."
  }
  assert {
    condition     = aws_db_instance.this.max_allocated_storage > aws_db_instance.this.allocated_storage
    error_message = "Storage grows by itself."
  }
}

run "the_password_is_not_in_the_state" {
  command = apply

  assert {
    condition     = aws_db_instance.this.password == null && aws_secretsmanager_secret_version.master.secret_string == null
    error_message = "It is given by write-only arguments."
  }
}

run "a_replica_only_where_wanted" {
  command = plan
  variables {
    has_replica = false
  }

  assert {
    condition     = length(aws_db_instance.replica) == 0 && output.connection.replica_host == null
    error_message = "There is none."
  }
}

run "refuses_fewer_than_three_zones" {
  command = plan
  variables {
    subnet_ids = ["subnet-a", "subnet-b"]
  }
  expect_failures = [var.subnet_ids]
}
