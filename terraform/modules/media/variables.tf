variable "name" {
  description = "Prefix of all names."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 29."
  }
}

variable "domain" {
  description = "Domain of the shop; its files are at media.<domain>."
  type        = string
  validation {
    condition     = can(regex("^([a-z0-9-]+[.])+[a-z]{2,}$", var.domain))
    error_message = "Such as shop.example.com."
  }
}

variable "zone_id" {
  description = "Hosted zone of the domain."
  type        = string
  validation {
    condition     = startswith(var.zone_id, "Z")
    error_message = "Must be the id of a hosted zone."
  }
}

variable "origin" {
  description = "The shop's ingress, as the module `edge` has it."
  type = object({
    domain_name     = string
    vpc_origin_id   = string
    certificate_arn = string
    web_acl_arn     = string
  })
  validation {
    condition     = startswith(var.origin.certificate_arn, "arn:aws:acm:us-east-1:")
    error_message = "The certificate must be in us-east-1."
  }
}

variable "kms_key_arn" {
  description = "Key that encrypts the files."
  type        = string
  validation {
    condition     = startswith(var.kms_key_arn, "arn:aws:kms:")
    error_message = "Must be the ARN of a KMS key."
  }
}

variable "is_protected" {
  description = "Whether the bucket can only be deleted when it is empty."
  type        = bool
}
