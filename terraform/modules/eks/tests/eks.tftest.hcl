provider "aws" {
  region = "eu-central-1"
}

variables {
  name                      = "shop-test"
  private_subnets           = { "eu-central-1a" = "subnet-a", "eu-central-1b" = "subnet-b", "eu-central-1c" = "subnet-c" }
  nodes                     = { instance_type = "m7g.large", min_per_zone = 1, max_per_zone = 3 }
  admin_role_arn            = "arn:aws:iam::111122223333:role/platform"
  ingress_security_group_id = "sg-ingress"
  kms_key_arn               = "arn:aws:kms:eu-central-1:111122223333:key/data"
  is_protected              = true
  pod_policies              = { "shop/media" = "{}" }
}

run "the_api_is_private" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && !aws_eks_cluster.this.vpc_config[0].endpoint_public_access
    error_message = "It is reached from within the VPC only."
  }
  assert {
    condition     = !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions
    error_message = "The role that applies this does not become an administrator."
  }
}

run "secrets_and_disks_are_encrypted" {
  command = plan

  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].provider[0].key_arn == var.kms_key_arn && contains(aws_eks_cluster.this.encryption_config[0].resources, "secrets")
    error_message = "Secrets are encrypted with the shop's key."
  }
  assert {
    condition     = tobool(aws_launch_template.node.block_device_mappings[0].ebs[0].encrypted) && aws_launch_template.node.block_device_mappings[0].ebs[0].kms_key_id == var.kms_key_arn
    error_message = "Disks of nodes are as well."
  }
  assert {
    condition     = aws_launch_template.node.metadata_options[0].http_tokens == "required" && aws_launch_template.node.metadata_options[0].http_put_response_hop_limit == 1
    error_message = "Pods can't take the role of their node."
  }
}

run "a_group_of_nodes_in_each_zone" {
  command = plan

  assert {
    condition = (
      toset(keys(aws_eks_node_group.this)) == toset(keys(var.private_subnets)) &&
      alltrue([for zone, group in aws_eks_node_group.this : toset(group.subnet_ids) == toset([var.private_subnets[zone]])])
    )
    error_message = "The autoscaler can add a node in any zone."
  }
  assert {
    condition     = alltrue([for group in aws_eks_node_group.this : group.scaling_config[0].min_size >= 1])
    error_message = "Each zone has a node at any time."
  }
  assert {
    condition     = alltrue([for group in aws_eks_node_group.this : group.ami_type == "AL2023_ARM_64_STANDARD"])
    error_message = "Graviton machines have the system for Arm."
  }
}

run "roles_belong_to_service_accounts" {
  command = plan

  assert {
    condition = (
      aws_eks_pod_identity_association.pod["shop-media"].namespace == "shop" &&
      aws_eks_pod_identity_association.pod["shop-media"].service_account == "media"
    )
    error_message = "The media service has its role."
  }
  assert {
    condition     = aws_eks_pod_identity_association.pod["cluster-autoscaler"].namespace == "kube-system"
    error_message = "The Cluster Autoscaler has its role."
  }
}

run "refuses_unclear_accounts" {
  command = plan
  variables {
    pod_policies = { "media" = "{}" }
  }
  expect_failures = [var.pod_policies]
}
