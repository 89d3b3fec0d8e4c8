provider "aws" {
  region = "eu-central-1"
}

variables {
  name                     = "shop-test-documents"
  instance_class           = "db.r6g.large"
  is_protected             = true
  vpc_id                   = "vpc-1"
  subnet_ids               = ["subnet-a", "subnet-b", "subnet-c"]
  client_security_group_id = "sg-nodes"
  kms_key_arn              = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "an_instance_in_each_zone" {
  command = plan

  assert {
    condition     = length(aws_docdb_cluster_instance.this) == 3 && toset(aws_docdb_subnet_group.this.subnet_ids) == toset(var.subnet_ids)
    error_message = "Two are left when a zone is lost."
  }
}

run "encrypted_on_disk_and_on_the_wire" {
  command = plan

  assert {
    condition     = aws_docdb_cluster.this.storage_encrypted && aws_docdb_cluster.this.kms_key_id == var.kms_key_arn
    error_message = "Storage is encrypted with the shop's key."
  }
  assert {
    condition     = anytrue([for parameter in aws_docdb_cluster_parameter_group.this.parameter : parameter.name == "tls" && parameter.value == "enabled"])
    error_message = "Connections without TLS are refused."
  }
  assert {
    condition     = strcontains(output.connection.options, "tls=true") && strcontains(output.connection.options, "retryWrites=false")
    error_message = "Services are told to use TLS, and no retryable writes."
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

run "backed_up_and_protected" {
  command = plan

  assert {
    condition     = aws_docdb_cluster.this.backup_retention_period == 35
    error_message = "Point-in-time recovery covers 35 days."
  }
  assert {
    condition     = aws_docdb_cluster.this.deletion_protection && !aws_docdb_cluster.this.skip_final_snapshot
    error_message = "It is protected from deletion, and leaves a snapshot."
  }
}

run "the_password_is_not_in_the_state" {
  command = apply

  assert {
    condition     = aws_docdb_cluster.this.master_password == null && aws_secretsmanager_secret_version.master.secret_string == null
    error_message = "It is given by write-only arguments."
  }
}
