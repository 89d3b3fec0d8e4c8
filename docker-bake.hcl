# docker buildx bake: the images of all services; `docker buildx bake cart` builds one. The pipeline sets the variables.

variable "REGISTRY" {
  default = "shop"
}

variable "VERSION" {
  default = "unknown"
}

variable "COMMIT" {
  default = "unknown"
}

group "default" {
  targets = ["service", "recommendation"]
}

target "image" {
  context = "."
  args = {
    SHOP_VERSION = VERSION
    SHOP_COMMIT  = COMMIT
  }
}

target "service" {
  inherits = ["image"]
  name     = service
  matrix = {
    service = [
      "admin-portal",
      "analytics",
      "cart",
      "catalog",
      "gateway",
      "inventory",
      "media",
      "notification",
      "order",
      "payment",
      "review",
      "search",
      "shipping",
      "storefront",
      "user",
    ]
  }
  args = {
    SERVICE = service
  }
  tags = ["${REGISTRY}/${service}:${VERSION}"]
}

target "recommendation" {
  inherits   = ["image"]
  dockerfile = "services/recommendation/Dockerfile"
  tags       = ["${REGISTRY}/recommendation:${VERSION}"]
}
