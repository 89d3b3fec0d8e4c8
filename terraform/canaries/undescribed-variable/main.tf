variable "anything" {}
