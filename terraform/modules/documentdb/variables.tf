variable "name" {
  description = "Name of the cluster."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,58}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 59."
  }
}

variable "instance_class" {
  description = "Instance type."
  type        = string
  validation {
    condition     = startswith(var.instance_class, "db.")
    error_message = "Such as db.r6g.large."
  }
}

variable "is_protected" {
  description = "Deletion protection, and a final snapshot."
  type        = bool
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
