variable "prefix" {
  description = "First part of the names of the roles, and the tag `Project` of what belongs to the shop."
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
