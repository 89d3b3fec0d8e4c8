# What Vault has for the services: who may log in, and what each may read. Accounts and paths come from the lists that the charts use, so
# Vault Agent can read what its templates name, and nothing else.

locals {
  helm   = "${path.module}/../../helm"
  list   = yamldecode(file("${local.helm}/service/values.yaml"))
  charts = { for file in fileset(local.helm, "services/*/values.yaml") : basename(dirname(file)) => yamldecode(file("${local.helm}/${file}")).service }

  # Services with secrets: all that call another.
  services = {
    for name, chart in local.charts : name => {
      stores = try(local.list.edges[name].stores, [])
      own = concat(
        try(chart.hasKey, local.list.hasKey) ? ["shop/data/keys/${name}"] : [],
        can(chart.secrets) ? ["shop/data/${name}"] : [],
      )
    } if can(local.list.edges[name].calls)
  }

  # Stores with a schema, in which Vault makes a user for each pod.
  with_schema = ["postgres", "mongo"]

  # The service accounts of Kubernetes: that of each service, and that of its migration.
  accounts = merge(
    {
      for name, service in local.services : name => {
        service      = name
        is_migration = false
        stores       = service.stores
        others       = concat(["shop/data/authorities", "shop/data/keys/public"], service.own)
      }
    },
    {
      for name, service in local.services : "${name}-migration" => {
        service      = name
        is_migration = true
        stores       = setintersection(service.stores, local.with_schema)
        others       = ["shop/data/authorities"]
      } if length(setintersection(service.stores, local.with_schema)) > 0
    },
  )

  # What each reads.
  paths = {
    for name, account in local.accounts : name => sort(concat(account.others, [
      for store in account.stores :
      replace(replace(local.list.stores[store].secret, "<account>", name), "<service>", account.service)
    ]))
  }

  seconds = {
    # Vault Agent renews what a pod has for as long as the pod runs. After that, or stolen from it, it is worth an hour.
    lease = 3600
    # Services on MongoDB read their login when they start, so no pod of theirs may run for longer. Vault allows 32 days.
    longest = 30 * 24 * 3600
    # The job of a migration is ended after 900 seconds.
    migration = 1200
  }
}

resource "vault_mount" "shop" {
  path        = "shop"
  type        = "kv"
  options     = { version = "2" }
  description = "Secrets that people or other programs put here."
}

# Public, but all need it.
resource "vault_kv_secret_v2" "authorities" {
  mount     = vault_mount.shop.path
  name      = "authorities"
  data_json = jsonencode({ pem = file(var.authorities) })
}

resource "vault_auth_backend" "kubernetes" {
  type        = "kubernetes"
  description = "Pods of the shop."
}

# Vault runs in the cluster and asks its API with its own account, which needs the cluster role system:auth-delegator.
resource "vault_kubernetes_auth_backend_config" "this" {
  backend         = vault_auth_backend.kubernetes.path
  kubernetes_host = "https://kubernetes.default.svc"
}

resource "vault_policy" "account" {
  for_each = local.accounts
  name     = each.key
  policy   = join("\n", [for path in local.paths[each.key] : "path \"${path}\" {\n  capabilities = [\"read\"]\n}\n"])
}

resource "vault_kubernetes_auth_backend_role" "account" {
  for_each                         = local.accounts
  backend                          = vault_auth_backend.kubernetes.path
  role_name                        = each.key
  bound_service_account_names      = [each.key]
  bound_service_account_namespaces = ["shop"]
  token_policies                   = [vault_policy.account[each.key].name]

  # What was read with a token ends with it. So that of a service can be renewed without end, that of a migration can't.
  token_period  = each.value.is_migration ? null : local.seconds.lease
  token_ttl     = each.value.is_migration ? local.seconds.migration : null
  token_max_ttl = each.value.is_migration ? local.seconds.migration : null
}
