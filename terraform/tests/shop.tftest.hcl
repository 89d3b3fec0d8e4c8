provider "aws" {
  region = "eu-central-1"
}

variables {
  environment    = "production"
  region         = "eu-central-1"
  vpc_cidr       = "10.1.0.0/16"
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
}

run "production_has_a_store_for_each_service" {
  command = plan

  assert {
    condition = toset(keys(output.charts.postgres)) == toset([
      "user", "order", "payment", "inventory", "shipping", "notification", "search", "media", "analytics",
    ])
    error_message = "Each service on PostgreSQL has a database."
  }
  assert {
    condition     = toset(keys(module.postgres)) == toset(["user", "order", "payment", "inventory", "shipping"])
    error_message = "These five have an instance of their own."
  }
  assert {
    condition     = { for name, one in local.postgres : name => one.has_replica if one.has_replica } == { user = true }
    error_message = "The user service has a replica to read from."
  }
  assert {
    condition     = toset(keys(output.charts.redis)) == toset(["cart", "gateway"])
    error_message = "Carts and the gateway have caches."
  }
  assert {
    condition     = length(module.documents) == 1 && length(module.kafka) == 1 && length(module.search) == 1
    error_message = "The catalogue, reviews, events and search have theirs."
  }

  assert {
    condition     = contains(local.topics, "order.placed") && contains(local.topics, "user.profile.updated")
    error_message = "Each type of event is a topic."
  }
  assert {
    condition     = !anytrue([for topic in local.topics : can(regex("[.](v[0-9]+|json)$", topic))])
    error_message = "Versions of an event share its topic."
  }

  assert {
    condition     = local.is_protected
    error_message = "Production can't be deleted by mistake."
  }
}

run "staging_can_be_thrown_away" {
  command = plan
  variables {
    environment = "staging"
  }

  assert {
    condition     = !local.is_protected
    error_message = "Only production is protected."
  }
}

run "dev_has_its_stores_in_the_cluster" {
  command = plan
  variables {
    environment = "dev"
    stores      = null
  }

  assert {
    condition     = length(module.postgres) == 0 && length(module.kafka) == 0 && output.charts.postgres == null && output.charts.kafka == null
    error_message = "No managed store is paid for."
  }
}

run "refuses_unknown_environments" {
  command = plan
  variables {
    environment = "prod"
  }
  expect_failures = [var.environment]
}
