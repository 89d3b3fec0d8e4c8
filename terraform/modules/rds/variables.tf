variable "name" {
  description = "Name of the instance."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,58}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 59."
  }
}

variable "database" {
  description = "Name of its first database."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9_]{0,62}$", var.database))
    error_message = "Lower-case letters, digits and _."
  }
}

variable "instance_class" {
  description = "Instance class."
  type        = string
  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "Such as db.m7g.large."
  }
}

variable "storage_gb" {
  description = "Storage at the start; it grows by itself to four times as much."
  type        = number
  validation {
    condition     = var.storage_gb >= 20 && var.storage_gb <= 16384
    error_message = "From 20 to 16384 GB."
  }
}

variable "has_replica" {
  description = "Whether there is a read replica."
  type        = bool
  default     = false
}

variable "is_protected" {
  description = "Deletion protection, and a final snapshot."
  type        = bool
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

variable "password_version" {
  description = "A higher one gives the master user a new password."
  type        = number
  default     = 1
  validation {
    condition     = var.password_version >= 1
    error_message = "Versions start at 1."
  }
}
