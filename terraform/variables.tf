# The ten settings of an environment: environments/<environment>/terraform.tfvars.

variable "environment" {
  description = "Name of the environment. Production is protected from deletion."
  type        = string
  validation {
    condition     = contains(["dev", "staging", "production"], var.environment)
    error_message = "dev, staging or production."
  }
}

variable "region" {
  description = "AWS region, with three zones at least."
  type        = string
  validation {
    condition     = can(regex("^[a-z]{2}-[a-z]+-[0-9]$", var.region))
    error_message = "Such as eu-central-1."
  }
}

variable "vpc_cidr" {
  description = "Addresses of the VPC, a /16 that overlaps with no other network in use."
  type        = string
  validation {
    condition     = can(cidrhost(var.vpc_cidr, 0)) && endswith(var.vpc_cidr, "/16")
    error_message = "Must be an IPv4 block of size /16."
  }
}

variable "nat_per_zone" {
  description = "One NAT gateway per zone; otherwise a single one, which is cheaper but fails with its zone."
  type        = bool
}

variable "domain" {
  description = "Domain of the shop, which has a public hosted zone of this name."
  type        = string
  validation {
    condition     = can(regex("^([a-z0-9-]+[.])+[a-z]{2,}$", var.domain))
    error_message = "Such as shop.example.com."
  }
}

variable "admin_role_arn" {
  description = "IAM role of the platform engineers, who are administrators of the cluster."
  type        = string
  validation {
    condition     = can(regex("^arn:aws:iam::[0-9]{12}:role/", var.admin_role_arn))
    error_message = "Must be the ARN of a role."
  }
}

variable "alert_email" {
  description = "Receives warnings about costs."
  type        = string
  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+[.][a-z]+$", var.alert_email))
    error_message = "Must be an e-mail address."
  }
}

variable "monthly_usd" {
  description = "Budget, in US dollars a month."
  type        = number
  validation {
    condition     = var.monthly_usd > 0
    error_message = "Must be positive."
  }
}

variable "nodes" {
  description = "Instance type of the nodes, and their minimum and maximum number per zone."
  type = object({
    instance_type = string
    min_per_zone  = number
    max_per_zone  = number
  })
  validation {
    condition     = var.nodes.min_per_zone >= 1 && var.nodes.max_per_zone >= var.nodes.min_per_zone
    error_message = "The minimum is 1 or more, and not above the maximum."
  }
}

variable "stores" {
  description = "Sizes of the managed stores; null if the environment has all its stores in the cluster."
  type = object({
    postgres_class   = string
    postgres_gb      = number
    documentdb_class = string
    cache_type       = string
    broker_type      = string
    broker_gb        = number
    search_type      = string
    search_gb        = number
  })
  validation {
    condition     = var.stores == null || try(var.stores.postgres_gb >= 20 && var.stores.broker_gb >= 10 && var.stores.search_gb >= 10, false)
    error_message = "At least 20 GB for PostgreSQL, 10 GB for each broker and machine of search."
  }
}
