variable "name" {
  description = "Prefix of all names."
  type        = string
  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,22}$", var.name))
    error_message = "Lower-case letters, digits and dashes, at most 23."
  }
}

variable "domain" {
  description = "Domain of the shop, which has a public hosted zone of this name."
  type        = string
  validation {
    condition     = can(regex("^([a-z0-9-]+[.])+[a-z]{2,}$", var.domain))
    error_message = "Such as shop.example.com."
  }
}

variable "vpc_id" {
  description = "Where the shop is."
  type        = string
  validation {
    condition     = startswith(var.vpc_id, "vpc-")
    error_message = "Must be the id of a VPC."
  }
}

variable "subnet_ids" {
  description = "Private subnets of the load balancer, one per zone."
  type        = list(string)
  validation {
    condition     = length(var.subnet_ids) == 3
    error_message = "One in each of three zones."
  }
}

variable "is_protected" {
  description = "Deletion protection of the load balancer."
  type        = bool
}

variable "requests_per_5_minutes" {
  description = "Requests per IP address after which the firewall blocks it. The gateway has finer limits."
  type        = number
  default     = 5000
  validation {
    condition     = var.requests_per_5_minutes >= 100
    error_message = "At least 100."
  }
}
