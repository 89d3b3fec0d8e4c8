repository = "example/shop"
