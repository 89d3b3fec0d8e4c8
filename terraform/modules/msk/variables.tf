variable "name" {
  description = "Name of the cluster."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,40}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 41."
  }
}

variable "instance_type" {
  description = "Instance type of the brokers."
  type        = string
  validation {
    condition     = startswith(var.instance_type, "kafka.")
    error_message = "Such as kafka.m7g.large."
  }
}

variable "storage_gb" {
  description = "Storage of each broker at the start; it grows by itself to four times as much."
  type        = number
  validation {
    condition     = var.storage_gb >= 10 && var.storage_gb <= 4096
    error_message = "From 10 to 4096 GB."
  }
}

variable "topics" {
  description = "Names of the topics, which the services make when they start."
  type        = set(string)
  validation {
    condition     = length(var.topics) > 0 && alltrue([for topic in var.topics : can(regex("^[a-z_]+([.][a-z_]+)+$", topic))])
    error_message = "At least one, such as order.placed."
  }
}

variable "partitions" {
  description = "Partitions of each topic."
  type        = number
  default     = 6
  validation {
    condition     = var.partitions >= 1 && var.partitions <= 100
    error_message = "From 1 to 100."
  }
}

variable "clients" {
  description = "Services that connect, each with its own password."
  type        = set(string)
  validation {
    condition     = length(var.clients) > 0
    error_message = "At least one."
  }
}

variable "password_version" {
  description = "A higher one gives all clients new passwords."
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
