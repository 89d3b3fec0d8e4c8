bucket = "shop-terraform-state-111122223333"
region = "eu-central-1"
key    = "shared.tfstate"
