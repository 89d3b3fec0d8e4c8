output "zone_id" {
  description = "The hosted zone of the domain."
  value       = data.aws_route53_zone.this.zone_id
}

output "target_group_arn" {
  description = "Where Kubernetes registers the pods of the ingress."
  value       = aws_lb_target_group.ingress.arn
}

output "origin" {
  description = "How other distributions reach the ingress, and the certificate and firewall for them."
  value = {
    domain_name     = aws_lb.ingress.dns_name
    vpc_origin_id   = aws_cloudfront_vpc_origin.ingress.id
    certificate_arn = aws_acm_certificate_validation.this.certificate_arn
    web_acl_arn     = aws_wafv2_web_acl.this.arn
  }
}

output "security_group_id" {
  description = "Group of the load balancer."
  value       = aws_security_group.ingress.id
}
