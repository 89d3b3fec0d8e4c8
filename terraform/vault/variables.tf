variable "charts" {
  description = "File with the output `charts` of the environment."
  type        = string
  default     = "../charts.json"
  validation {
    condition     = can(jsondecode(file(var.charts)).environment)
    error_message = "There must be such a file: terraform output -json charts > charts.json"
  }
}

variable "authorities" {
  description = "File with the certificates of the authorities of all stores, for RDS those of the region, as PEM."
  type        = string
  default     = "../authorities.pem"
  validation {
    condition     = can(regex("-----BEGIN CERTIFICATE-----", file(var.authorities)))
    error_message = "There must be such a file, with certificates."
  }
}

variable "password" {
  description = "First password of Vault's users in the stores, the one that they were made with. Null once Vault has changed them."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true
  validation {
    condition     = var.password == null || can(regex("^[A-Za-z0-9]{32,}$", var.password))
    error_message = "32 letters and digits or more."
  }
}
