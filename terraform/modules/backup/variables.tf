variable "name" {
  description = "Prefix of all names."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 29."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the backups."
  type        = string
  validation {
    condition     = startswith(var.kms_key_arn, "arn:aws:kms:")
    error_message = "Must be the ARN of a KMS key."
  }
}
