variable "name" {
  description = "Name of the cluster."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 29."
  }
}

variable "kubernetes_version" {
  description = "Minor version of Kubernetes."
  type        = string
  default     = "1.35"
  validation {
    condition     = can(regex("^1[.][0-9]{2}$", var.kubernetes_version))
    error_message = "Such as 1.35."
  }
}

variable "private_subnets" {
  description = "Subnet of nodes, by zone."
  type        = map(string)
  validation {
    condition     = length(var.private_subnets) == 3
    error_message = "One in each of three zones."
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

variable "admin_role_arn" {
  description = "IAM role of the platform engineers, who are administrators of the cluster."
  type        = string
  validation {
    condition     = can(regex("^arn:aws:iam::[0-9]{12}:role/", var.admin_role_arn))
    error_message = "Must be the ARN of a role."
  }
}

variable "pod_policies" {
  description = "IAM policy (JSON) of the pods of a service account, by `namespace/account`."
  type        = map(string)
  validation {
    condition     = alltrue([for account in keys(var.pod_policies) : can(regex("^[a-z0-9-]+/[a-z0-9-]+$", account))])
    error_message = "Keys are namespace/account."
  }
}

variable "ingress_security_group_id" {
  description = "Group of the load balancer in front of the ingress."
  type        = string
  validation {
    condition     = startswith(var.ingress_security_group_id, "sg-")
    error_message = "Must be the id of a security group."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts Kubernetes's secrets, logs and the disks of nodes."
  type        = string
  validation {
    condition     = startswith(var.kms_key_arn, "arn:aws:kms:")
    error_message = "Must be the ARN of a KMS key."
  }
}

variable "is_protected" {
  description = "Deletion protection of the cluster."
  type        = bool
}
