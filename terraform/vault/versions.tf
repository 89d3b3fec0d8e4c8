terraform {
  required_version = ">= 1.11"
  required_providers {
    vault = {
      source  = "hashicorp/vault"
      version = "~> 5.6"
    }
  }

  # Bucket, region and key: the README says how.
  backend "s3" {
    encrypt      = true
    use_lockfile = true
  }
}

# Address and token: VAULT_ADDR, VAULT_TOKEN.
provider "vault" {}
