provider "aws" {
  region = "eu-central-1"
}

variables {
  name         = "shop-test"
  domain       = "shop.example.com"
  vpc_id       = "vpc-1"
  subnet_ids   = ["subnet-a", "subnet-b", "subnet-c"]
  is_protected = true
}

run "open_on_443_to_cloudfront_only" {
  command = plan

  assert {
    condition     = aws_lb.ingress.internal && aws_lb.ingress.enable_deletion_protection
    error_message = "The load balancer has no public address, and is protected."
  }
  assert {
    condition = (
      aws_vpc_security_group_ingress_rule.cloudfront.cidr_ipv4 == null &&
      aws_vpc_security_group_ingress_rule.cloudfront.prefix_list_id == data.aws_ec2_managed_prefix_list.cloudfront.id &&
      aws_vpc_security_group_ingress_rule.cloudfront.from_port == 443 &&
      aws_vpc_security_group_ingress_rule.cloudfront.to_port == 443
    )
    error_message = "Only CloudFront reaches it, on port 443."
  }
  assert {
    condition     = aws_cloudfront_vpc_origin.ingress.vpc_origin_endpoint_config[0].origin_protocol_policy == "https-only"
    error_message = "CloudFront uses TLS as well."
  }
}

run "tls_and_a_firewall_for_browsers" {
  command = apply

  assert {
    condition = (
      aws_cloudfront_distribution.shop.default_cache_behavior[0].viewer_protocol_policy == "redirect-to-https" &&
      aws_cloudfront_distribution.shop.viewer_certificate[0].minimum_protocol_version == "TLSv1.2_2021"
    )
    error_message = "Browsers use TLS 1.2 at least."
  }
  assert {
    condition     = aws_cloudfront_distribution.shop.web_acl_id == aws_wafv2_web_acl.this.arn
    error_message = "The firewall is in front."
  }
  assert {
    condition     = length(aws_wafv2_web_acl.this.rule) == 4
    error_message = "Three groups of rules of AWS, and a limit per address."
  }
  assert {
    condition     = aws_acm_certificate.this.region == "us-east-1" && aws_wafv2_web_acl.this.region == "us-east-1"
    error_message = "CloudFront takes certificates and firewalls from there only."
  }
}
