environment    = "staging"
region         = "eu-central-1"
vpc_cidr       = "10.20.0.0/16"
nat_per_zone   = false
domain         = "staging.shop.example.com"
admin_role_arn = "arn:aws:iam::111122223333:role/platform"
alert_email    = "platform@example.com"
monthly_usd    = 2800
nodes          = { instance_type = "m7g.large", min_per_zone = 1, max_per_zone = 4 }
stores = {
  postgres_class   = "db.t4g.medium"
  postgres_gb      = 20
  documentdb_class = "db.t4g.medium"
  cache_type       = "cache.t4g.small"
  broker_type      = "kafka.m7g.large"
  broker_gb        = 50
  search_type      = "t3.medium.search"
  search_gb        = 20
}
