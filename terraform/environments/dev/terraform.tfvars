environment    = "dev"
region         = "eu-central-1"
vpc_cidr       = "10.10.0.0/16"
nat_per_zone   = false
domain         = "dev.shop.example.com"
admin_role_arn = "arn:aws:iam::111122223333:role/platform"
alert_email    = "platform@example.com"
monthly_usd    = 600
nodes          = { instance_type = "m7g.large", min_per_zone = 1, max_per_zone = 3 }
stores         = null
