variable "name" {
  description = "Name of the domain."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,27}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 28."
  }
}

variable "instance_type" {
  description = "Instance type; there is one instance per zone."
  type        = string
  validation {
    condition     = endswith(var.instance_type, ".search")
    error_message = "Such as m7g.large.search."
  }
}

variable "storage_gb" {
  description = "Storage per instance."
  type        = number
  validation {
    condition     = var.storage_gb >= 10 && var.storage_gb <= 3072
    error_message = "From 10 to 3072 GB."
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
