# The shop on AWS. All environments are made from this one file; they differ in environments/<environment>/terraform.tfvars.

locals {
  name         = "shop-${var.environment}"
  is_protected = var.environment == "production"
  namespace    = "shop"

  # The five services with the most critical data have their own PostgreSQL. The databases of smaller services are on the same instances.
  postgres = {
    user      = { services = ["user", "notification"], has_replica = true }
    order     = { services = ["order"], has_replica = false }
    payment   = { services = ["payment"], has_replica = false }
    inventory = { services = ["inventory", "search"], has_replica = false }
    shipping  = { services = ["shipping", "media", "analytics"], has_replica = false }
  }
  caches = {
    cart    = "noeviction"
    gateway = "allkeys-lru"
  }
  events = "${path.module}/../contracts/events"
  topics = toset([for file in fileset(local.events, "*.v*.json") : regex("^(.+)[.]v[0-9]+[.]json$", file)[0]])
  kafka_clients = toset([
    "user", "catalog", "inventory", "search", "review", "media", "cart", "order", "payment", "shipping", "notification",
    "analytics", "recommendation", "storefront", "gateway",
  ])

  # What all stores have in common.
  store = {
    vpc_id                   = module.network.vpc_id
    subnet_ids               = module.network.data_subnet_ids
    client_security_group_id = module.eks.security_group_id
    kms_key_arn              = module.secrets.kms_key_arn
  }
}

module "secrets" {
  source = "./modules/secrets"
  name   = local.name
}

module "network" {
  source       = "./modules/network"
  name         = local.name
  cidr         = var.vpc_cidr
  nat_per_zone = var.nat_per_zone
  kms_key_arn  = module.secrets.kms_key_arn
}

module "edge" {
  source       = "./modules/edge"
  name         = local.name
  domain       = var.domain
  vpc_id       = module.network.vpc_id
  subnet_ids   = values(module.network.private_subnets)
  is_protected = local.is_protected
}

module "media" {
  source       = "./modules/media"
  name         = local.name
  domain       = var.domain
  zone_id      = module.edge.zone_id
  origin       = module.edge.origin
  kms_key_arn  = module.secrets.kms_key_arn
  is_protected = local.is_protected
}

module "eks" {
  source                    = "./modules/eks"
  name                      = local.name
  private_subnets           = module.network.private_subnets
  nodes                     = var.nodes
  admin_role_arn            = var.admin_role_arn
  ingress_security_group_id = module.edge.security_group_id
  kms_key_arn               = module.secrets.kms_key_arn
  is_protected              = local.is_protected
  pod_policies = {
    "${local.namespace}/media" = module.media.policy
    "vault/vault"              = module.secrets.vault_policy
    # DNS-01: cert-manager proves to Let's Encrypt that the domain is ours.
    "cert-manager/cert-manager" = jsonencode({
      Version = "2012-10-17"
      Statement = [
        { Effect = "Allow", Action = "route53:GetChange", Resource = "arn:aws:route53:::change/*" },
        { Effect = "Allow", Action = "route53:ListHostedZonesByName", Resource = "*" },
        {
          Effect   = "Allow"
          Action   = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"]
          Resource = "arn:aws:route53:::hostedzone/${module.edge.zone_id}"
          Condition = {
            "ForAllValues:StringEquals" = { "route53:ChangeResourceRecordSetsRecordTypes" = ["TXT"] }
          }
        },
      ]
    })
    # Registers the pods of the ingress in the load balancer's target group.
    "kube-system/aws-load-balancer-controller" = jsonencode({
      Version = "2012-10-17"
      Statement = [
        {
          Effect   = "Allow"
          Action   = ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]
          Resource = module.edge.target_group_arn
        },
        {
          Effect = "Allow"
          Action = [
            "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
            "ec2:DescribeVpcs", "ec2:DescribeSubnets", "ec2:DescribeSecurityGroups", "ec2:DescribeInstances",
            "ec2:DescribeNetworkInterfaces", "ec2:DescribeAvailabilityZones",
          ]
          Resource = "*"
        },
      ]
    })
  }
}

module "postgres" {
  source                   = "./modules/rds"
  for_each                 = var.stores == null ? {} : local.postgres
  name                     = "${local.name}-${each.key}"
  database                 = each.key
  instance_class           = var.stores.postgres_class
  storage_gb               = var.stores.postgres_gb
  has_replica              = each.value.has_replica
  is_protected             = local.is_protected
  vpc_id                   = local.store.vpc_id
  subnet_ids               = local.store.subnet_ids
  client_security_group_id = local.store.client_security_group_id
  kms_key_arn              = local.store.kms_key_arn
}

module "documents" {
  source                   = "./modules/documentdb"
  count                    = var.stores == null ? 0 : 1
  name                     = "${local.name}-documents"
  instance_class           = var.stores.documentdb_class
  is_protected             = local.is_protected
  vpc_id                   = local.store.vpc_id
  subnet_ids               = local.store.subnet_ids
  client_security_group_id = local.store.client_security_group_id
  kms_key_arn              = local.store.kms_key_arn
}

module "cache" {
  source                   = "./modules/elasticache"
  for_each                 = var.stores == null ? {} : local.caches
  name                     = "${local.name}-${each.key}"
  node_type                = var.stores.cache_type
  eviction                 = each.value
  vpc_id                   = local.store.vpc_id
  subnet_ids               = local.store.subnet_ids
  client_security_group_id = local.store.client_security_group_id
  kms_key_arn              = local.store.kms_key_arn
}

module "kafka" {
  source                   = "./modules/msk"
  count                    = var.stores == null ? 0 : 1
  name                     = local.name
  instance_type            = var.stores.broker_type
  storage_gb               = var.stores.broker_gb
  topics                   = local.topics
  clients                  = local.kafka_clients
  vpc_id                   = local.store.vpc_id
  subnet_ids               = local.store.subnet_ids
  client_security_group_id = local.store.client_security_group_id
  kms_key_arn              = local.store.kms_key_arn
}

module "search" {
  source                   = "./modules/opensearch"
  count                    = var.stores == null ? 0 : 1
  name                     = local.name
  instance_type            = var.stores.search_type
  storage_gb               = var.stores.search_gb
  vpc_id                   = local.store.vpc_id
  subnet_ids               = local.store.subnet_ids
  client_security_group_id = local.store.client_security_group_id
  kms_key_arn              = local.store.kms_key_arn
}

module "backup" {
  source      = "./modules/backup"
  name        = local.name
  kms_key_arn = module.secrets.kms_key_arn
}

module "cost" {
  source      = "./modules/cost"
  name        = local.name
  environment = var.environment
  monthly_usd = var.monthly_usd
  email       = var.alert_email
}
