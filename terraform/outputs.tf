output "charts" {
  description = "Settings for the Helm charts: `terraform output -json charts`. Contains no secrets, only their ARNs."
  value = {
    environment = var.environment
    region      = var.region
    cluster     = module.eks.name
    namespace   = local.namespace
    ingress = {
      host             = var.domain
      target_group_arn = module.edge.target_group_arn
    }
    network = { cidr = var.vpc_cidr }
    backup  = { restore_testing_plan_arn = module.backup.restore_testing_plan_arn }
    vault   = { kms_key_id = module.secrets.vault_key_id }
    media = {
      bucket     = module.media.bucket
      public_url = module.media.public_url
    }
    # Null, or by service: where its store is.
    postgres = var.stores == null ? null : merge([for instance, one in local.postgres : {
      for service in one.services : service => merge(module.postgres[instance].connection, { database = service })
    }]...)
    documents = one(module.documents[*].connection)
    redis     = var.stores == null ? null : { for name, cache in module.cache : name => cache.connection }
    kafka     = one(module.kafka[*].connection)
    search    = one(module.search[*].connection)
  }
}
