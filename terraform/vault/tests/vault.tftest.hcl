variables {
  charts      = "tests/staging.json"
  authorities = "tests/authorities.pem"
  password    = "0123456789abcdef0123456789abcdef"
}

run "accounts_read_only_what_is_theirs" {
  command = plan

  assert {
    condition = toset(keys(vault_policy.account)) == toset([
      "analytics", "cart", "catalog", "gateway", "inventory", "media", "notification", "order", "payment", "recommendation", "review",
      "search", "shipping", "storefront", "user",
      "analytics-migration", "catalog-migration", "inventory-migration", "media-migration", "notification-migration",
      "order-migration", "payment-migration", "review-migration", "search-migration", "shipping-migration", "user-migration",
    ])
    error_message = "Each service that has secrets, and each migration, has an account."
  }
  assert {
    condition = alltrue([
      for policy in vault_policy.account :
      length(regexall("[*+]|deny|sudo", policy.policy)) == 0
      && toset(regexall("capabilities = (.*)", policy.policy)) == toset([["[\"read\"]"]])
    ])
    error_message = "All may only read, and only paths without wildcards."
  }
  assert {
    condition = alltrue(flatten([
      for name, policy in vault_policy.account : [
        for path in flatten(regexall("path \"(.*)\"", policy.policy)) :
        path == "database/creds/${name}" || (
          startswith(path, "shop/data/")
          && contains(["authorities", "public", trimsuffix(name, "-migration")], reverse(split("/", path))[0])
        )
      ]
    ]))
    error_message = "Nobody reads the key, the passwords or the secrets of another."
  }
  assert {
    condition = alltrue([
      for name, policy in vault_policy.account :
      toset(flatten(regexall("path \"(.*)\"", policy.policy))) == toset(["database/creds/${name}", "shop/data/authorities"])
      if endswith(name, "-migration")
    ])
    error_message = "A migration reads its own login, not the service's, nor its key."
  }
  assert {
    condition = alltrue([
      for name, role in vault_kubernetes_auth_backend_role.account :
      role.bound_service_account_names == toset([name])
      && role.bound_service_account_namespaces == toset(["shop"])
      && role.token_policies == toset([name])
    ])
    error_message = "Each role is for one service account of the namespace, and has its policy alone."
  }
}

run "only_migrations_change_schemas" {
  command = plan

  assert {
    condition = {
      for name, role in vault_database_secret_backend_role.postgres :
      name => flatten(regexall("\"([a-z]+_(?:owner|service|vault))\"", role.creation_statements[0]))
      } == {
      for name, _ in vault_database_secret_backend_role.postgres :
      name => [endswith(name, "-migration") ? "${trimsuffix(name, "-migration")}_owner" : "${name}_service"]
    }
    error_message = "Users of a service are members of the role that reads and writes its database, those of its migration of the role that owns it."
  }
  assert {
    condition = alltrue([
      for role in vault_database_secret_backend_role.postgres :
      length(regexall("(?i)superuser|createrole|createdb|replication|bypassrls|grant ", role.creation_statements[0])) == 0
    ])
    error_message = "They have no other rights."
  }
  assert {
    condition = {
      for name, role in vault_database_secret_backend_role.documents : name => jsondecode(role.creation_statements[0]).roles
      } == {
      catalog            = [{ role = "catalog_service", db = "admin" }]
      catalog-migration  = [{ role = "readWrite", db = "catalog" }]
      review             = [{ role = "review_service", db = "admin" }]
      "review-migration" = [{ role = "readWrite", db = "review" }]
    }
    error_message = "Of MongoDB's roles, a service has one that makes no indexes, and its migration the one that does, in its database."
  }
  assert {
    condition = alltrue([
      for name, connection in vault_database_secret_backend_connection.postgres :
      toset(connection.allowed_roles) == toset([name, "${name}-migration"])
      && connection.postgresql[0].username == "${name}_vault"
      && strcontains(connection.postgresql[0].connection_url, "/${name}?sslmode=verify-full")
    ])
    error_message = "A connection is to one database, as the user for it, with TLS, and makes users for its service only."
  }
}

run "logins_end" {
  command = plan

  assert {
    condition = alltrue([
      for name, role in merge(vault_database_secret_backend_role.postgres, vault_database_secret_backend_role.documents) :
      endswith(name, "-migration")
      ? role.default_ttl == role.max_ttl && role.max_ttl <= 1800
      : role.default_ttl <= 3600 && role.max_ttl <= vault_mount.database.max_lease_ttl_seconds
    ])
    error_message = "A login that is not renewed ends within an hour; that of a migration can't be renewed."
  }
  assert {
    condition     = vault_mount.database.max_lease_ttl_seconds < 768 * 3600
    error_message = "Vault cuts what is longer than its own limit of 768 hours."
  }
  assert {
    condition = alltrue([
      for name, role in vault_kubernetes_auth_backend_role.account :
      endswith(name, "-migration")
      ? role.token_period == null && role.token_max_ttl == local.seconds.migration
      : role.token_period == local.seconds.lease && role.token_max_ttl == null
    ])
    error_message = "What was read with a token ends with it, so a service's must be renewable as long as its pod runs."
  }
  assert {
    condition     = local.seconds.migration > tonumber(regex("activeDeadlineSeconds: ([0-9]+)", file("${local.helm}/service/templates/_workload.tpl"))[0])
    error_message = "The job of a migration has its login until it is ended."
  }
}

run "passwords_are_not_in_the_state" {
  command = plan

  assert {
    condition = alltrue([
      for connection in vault_database_secret_backend_connection.postgres :
      connection.postgresql[0].password == null && connection.postgresql[0].password_wo == null
      && connection.postgresql[0].password_authentication == "scram-sha-256"
    ])
    error_message = "Passwords are write-only, and PostgreSQL gets hashes."
  }
  assert {
    condition     = alltrue([for one in vault_database_secret_backend_connection.documents.mongodb : one.password == null && one.password_wo == null])
    error_message = "Passwords are write-only."
  }
}

run "stores_in_the_cluster_are_those_of_the_charts" {
  command = plan
  variables { charts = "tests/dev.json" }

  assert {
    condition = alltrue([
      for name, connection in vault_database_secret_backend_connection.postgres :
      strcontains(connection.postgresql[0].connection_url, "@postgres-rw.stores:5432/${name}?")
    ])
    error_message = "In dev, PostgreSQL is in the cluster."
  }
  assert {
    condition     = strcontains(vault_database_secret_backend_connection.documents.mongodb[0].connection_url, "@mongo.stores:27017/admin?tls=true")
    error_message = "In dev, MongoDB is in the cluster."
  }
}

run "a_first_password_is_long" {
  command = plan
  variables { password = "secret" }
  expect_failures = [var.password]
}
