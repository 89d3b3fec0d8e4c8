variable "prefix" {
  description = "First part of the names of the repositories."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}$", var.prefix))
    error_message = "Lower-case letters, digits and dashes, at most 29."
  }
}

variable "images" {
  description = "Names of the images, one repository each."
  type        = set(string)
  validation {
    condition     = length(var.images) > 0 && alltrue([for image in var.images : can(regex("^[a-z][a-z0-9-]+$", image))])
    error_message = "At least one; lower-case letters, digits and dashes."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the images."
  type        = string
  validation {
    condition     = startswith(var.kms_key_arn, "arn:aws:kms:")
    error_message = "Must be the ARN of a KMS key."
  }
}

variable "reader_account_ids" {
  description = "Other accounts whose clusters pull the images."
  type        = set(string)
  default     = []
  validation {
    condition     = alltrue([for id in var.reader_account_ids : can(regex("^[0-9]{12}$", id))])
    error_message = "Account ids have twelve digits."
  }
}
