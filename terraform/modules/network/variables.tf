variable "name" {
  description = "Prefix of all names."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 29."
  }
}

variable "cidr" {
  description = "Addresses of the VPC, a /16 that overlaps with no other network in use."
  type        = string
  validation {
    condition     = can(cidrhost(var.cidr, 0)) && endswith(var.cidr, "/16")
    error_message = "Must be an IPv4 block of size /16."
  }
}

variable "nat_per_zone" {
  description = "One NAT gateway per zone; otherwise a single one, which is cheaper but fails with its zone."
  type        = bool
}

variable "kms_key_arn" {
  description = "Key that encrypts the flow logs."
  type        = string
  validation {
    condition     = startswith(var.kms_key_arn, "arn:aws:kms:")
    error_message = "Must be the ARN of a KMS key."
  }
}
