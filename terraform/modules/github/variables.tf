variable "prefix" {
  description = "First part of the names of the roles."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}$", var.prefix))
    error_message = "Lower-case letters, digits and dashes, at most 29."
  }
}

variable "repository" {
  description = "The repository on GitHub whose workflows may take the roles."
  type        = string
  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "Owner and name, without wildcards, such as example/shop."
  }
}

variable "branch" {
  description = "The branch that is delivered."
  type        = string
  default     = "main"
  validation {
    condition     = can(regex("^[A-Za-z0-9._/-]+$", var.branch))
    error_message = "The name of a branch, without wildcards."
  }
}

variable "environment" {
  description = "GitHub's environment in which releases are made."
  type        = string
  default     = "production"
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]+$", var.environment))
    error_message = "Lower-case letters, digits and dashes."
  }
}

variable "image_arns" {
  description = "The repositories of the images."
  type        = list(string)
  validation {
    condition     = length(var.image_arns) > 0 && alltrue([for arn in var.image_arns : can(regex("^arn:aws:ecr:[^*]+$", arn))])
    error_message = "At least one; ARNs of repositories, without wildcards."
  }
}

variable "state_bucket_arn" {
  description = "The bucket with Terraform's state."
  type        = string
  validation {
    condition     = startswith(var.state_bucket_arn, "arn:aws:s3:::")
    error_message = "Must be the ARN of a bucket."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the state."
  type        = string
  validation {
    condition     = startswith(var.kms_key_arn, "arn:aws:kms:")
    error_message = "Must be the ARN of a KMS key."
  }
}
