# Users of PostgreSQL and MongoDB: one for each pod, made when it starts and dropped when it is gone.

locals {
  platform = jsondecode(file(var.charts))
  stores   = try(yamldecode(file("${local.helm}/environments/${local.platform.environment}.yaml")).global.stores, {})

  postgres  = [for name, service in local.services : name if contains(service.stores, "postgres")]
  documents = [for name, service in local.services : name if contains(service.stores, "mongo")]

  # Where they are: what Terraform made comes before what is in the cluster.
  postgres_at = {
    for name in local.postgres : name =>
    [for one in [try(local.platform.postgres[name], null), try(local.stores.postgres, null)] : one if one != null][0]
  }
  documents_at = [for one in [local.platform.documents, try(local.stores.documents, null)] : one if one != null][0]
}

resource "vault_mount" "database" {
  path                  = "database"
  type                  = "database"
  description           = "Users of PostgreSQL and MongoDB."
  max_lease_ttl_seconds = local.seconds.longest
}

# For each database a user of Vault's that manages the users of this one only: postgres/database.sql.
resource "vault_database_secret_backend_connection" "postgres" {
  for_each      = local.postgres_at
  backend       = vault_mount.database.path
  name          = each.key
  allowed_roles = [each.key, "${each.key}-migration"]

  postgresql {
    connection_url      = "postgresql://{{username}}:{{password}}@${each.value.host}:${each.value.port}/${each.key}?sslmode=verify-full"
    tls_ca              = file(var.authorities)
    username            = "${each.key}_vault"
    password_wo         = var.password
    password_wo_version = 1
    # PostgreSQL logs statements that make users: they have a hash in place of the password.
    password_authentication = "scram-sha-256"
    # Statements are few and short.
    max_open_connections = 2
  }
}

resource "vault_database_secret_backend_role" "postgres" {
  for_each              = { for name, account in local.accounts : name => account if contains(account.stores, "postgres") }
  backend               = vault_mount.database.path
  name                  = each.key
  db_name               = vault_database_secret_backend_connection.postgres[each.value.service].name
  creation_statements   = [templatefile("${path.module}/postgres/${each.value.is_migration ? "migration" : "service"}.sql", { service = each.value.service })]
  revocation_statements = [templatefile("${path.module}/postgres/revoke.sql", { service = each.value.service })]
  default_ttl           = each.value.is_migration ? local.seconds.migration : local.seconds.lease
  max_ttl               = each.value.is_migration ? local.seconds.migration : local.seconds.longest
}

# One for all, as users of MongoDB are of the whole server: documents/database.js.
resource "vault_database_secret_backend_connection" "documents" {
  backend       = vault_mount.database.path
  name          = "documents"
  allowed_roles = flatten([for name in local.documents : [name, "${name}-migration"]])
  data          = { tls_ca = file(var.authorities) }

  mongodb {
    connection_url      = "mongodb://{{username}}:{{password}}@${local.documents_at.host}:${local.documents_at.port}/admin?${local.documents_at.options}"
    username            = "vault"
    password_wo         = var.password
    password_wo_version = 1
  }
}

resource "vault_database_secret_backend_role" "documents" {
  for_each = { for name, account in local.accounts : name => account if contains(account.stores, "mongo") }
  backend  = vault_mount.database.path
  name     = each.key
  db_name  = vault_database_secret_backend_connection.documents.name
  creation_statements = [jsonencode({
    db = "admin"
    roles = [
      each.value.is_migration
      ? { role = "readWrite", db = each.value.service } # indexes as well
      : { role = "${each.value.service}_service", db = "admin" }
    ]
  })]
  default_ttl = each.value.is_migration ? local.seconds.migration : local.seconds.lease
  max_ttl     = each.value.is_migration ? local.seconds.migration : local.seconds.longest
}
