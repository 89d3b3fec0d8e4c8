variable "name" {
  description = "Prefix of all names."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 29."
  }
}
