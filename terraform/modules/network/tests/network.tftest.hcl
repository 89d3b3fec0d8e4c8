provider "aws" {
  region = "eu-central-1"
}

variables {
  name         = "shop-test"
  cidr         = "10.1.0.0/16"
  nat_per_zone = true
  kms_key_arn  = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "spans_three_zones" {
  command = plan

  assert {
    condition     = length(distinct([for subnet in aws_subnet.private : subnet.availability_zone])) == 3
    error_message = "Nodes are in three zones."
  }
  assert {
    condition     = length(distinct([for subnet in aws_subnet.data : subnet.availability_zone])) == 3
    error_message = "Stores are in three zones."
  }
  assert {
    condition     = length(distinct(concat([for s in aws_subnet.public : s.cidr_block], [for s in aws_subnet.private : s.cidr_block], [for s in aws_subnet.data : s.cidr_block]))) == 9
    error_message = "No two subnets have the same addresses."
  }
}

run "data_has_no_way_to_the_internet" {
  command = apply

  assert {
    condition = alltrue([
      for route in concat([aws_route.public], values(aws_route.private)) : route.route_table_id != aws_route_table.data.id
    ])
    error_message = "The route table of the stores has no route of its own."
  }
  assert {
    condition     = alltrue([for association in aws_route_table_association.data : association.route_table_id == aws_route_table.data.id])
    error_message = "The stores have that route table."
  }
}

run "a_nat_gateway_per_zone" {
  command = apply

  assert {
    condition     = length(aws_nat_gateway.this) == 3
    error_message = "Each zone has its own."
  }
  assert {
    condition     = alltrue([for zone, route in aws_route.private : route.nat_gateway_id == aws_nat_gateway.this[zone].id])
    error_message = "Each zone uses its own."
  }
}

run "or_one_for_all" {
  command = plan
  variables {
    nat_per_zone = false
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 1 && length(aws_route.private) == 3
    error_message = "All zones use one."
  }
}

run "talks_to_aws_inside" {
  command = plan

  assert {
    condition     = toset(keys(aws_vpc_endpoint.interface)) == toset(["ecr.api", "ecr.dkr", "sts", "logs"])
    error_message = "Images, credentials and logs have endpoints."
  }
  assert {
    condition     = aws_vpc_security_group_ingress_rule.endpoints.cidr_ipv4 == var.cidr && aws_vpc_security_group_ingress_rule.endpoints.from_port == 443
    error_message = "The endpoints are open to the VPC only, on port 443."
  }
}

run "refuses_a_small_block" {
  command = plan
  variables {
    cidr = "10.1.0.0/20"
  }
  expect_failures = [var.cidr]
}
