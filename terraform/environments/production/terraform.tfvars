environment    = "production"
region         = "eu-central-1"
vpc_cidr       = "10.30.0.0/16"
nat_per_zone   = true
domain         = "shop.example.com"
admin_role_arn = "arn:aws:iam::111122223333:role/platform"
alert_email    = "platform@example.com"
monthly_usd    = 8000
nodes          = { instance_type = "m7g.xlarge", min_per_zone = 2, max_per_zone = 10 }
stores = {
  postgres_class   = "db.m7g.large"
  postgres_gb      = 100
  documentdb_class = "db.r6g.large"
  cache_type       = "cache.m7g.large"
  broker_type      = "kafka.m7g.large"
  broker_gb        = 500
  search_type      = "m7g.large.search"
  search_gb        = 100
}
