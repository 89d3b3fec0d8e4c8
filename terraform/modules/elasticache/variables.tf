variable "name" {
  description = "Name of the cache."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,38}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 39."
  }
}

variable "node_type" {
  description = "Instance type."
  type        = string
  validation {
    condition     = startswith(var.node_type, "cache.")
    error_message = "Such as cache.m7g.large."
  }
}

variable "eviction" {
  description = "Policy when memory is full: `noeviction` for state, `allkeys-lru` for caches."
  type        = string
  validation {
    condition     = contains(["noeviction", "allkeys-lru"], var.eviction)
    error_message = "noeviction or allkeys-lru."
  }
}

variable "vpc_id" {
  description = "VPC of the store."
  type        = string
  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "Must be the id of a VPC."
  }
}

variable "subnet_ids" {
  description = "Subnets without a way to the internet, one per zone."
  type        = list(string)
  validation {
    condition     = length(var.subnet_ids) == 3
    error_message = "One in each of three zones."
  }
}

variable "client_security_group_id" {
  description = "Security group of the clients."
  type        = string
  validation {
    condition     = startswith(var.client_security_group_id, "sg-")
    error_message = "Must be the id of a security group."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts it."
  type        = string
  validation {
    condition     = startswith(var.kms_key_arn, "arn:aws:kms:")
    error_message = "Must be the ARN of a KMS key."
  }
}
