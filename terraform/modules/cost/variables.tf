variable "name" {
  description = "Prefix of all names."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,28}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 29."
  }
}

variable "environment" {
  description = "Value of the tag `Environment`, by which costs are counted."
  type        = string
  validation {
    condition     = can(regex("^[a-z]+$", var.environment))
    error_message = "Lower-case letters."
  }
}

variable "monthly_usd" {
  description = "Budget, in US dollars a month."
  type        = number
  validation {
    condition     = var.monthly_usd > 0
    error_message = "Must be positive."
  }
}

variable "email" {
  description = "Receives the warnings."
  type        = string
  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+[.][a-z]+$", var.email))
    error_message = "Must be an e-mail address."
  }
}
