# The only public entry: CloudFront with a firewall, on port 443. It reaches an internal load balancer through a VPC origin, so only the NAT
# gateways in the VPC have public addresses. Certificates and firewalls of CloudFront are in us-east-1.

locals {
  global = "us-east-1"
  media  = "media.${var.domain}"
  names  = { shop = var.domain, media = local.media }
}

data "aws_route53_zone" "this" {
  name = var.domain
}

# ---- certificate

resource "aws_acm_certificate" "this" {
  region                    = local.global
  domain_name               = var.domain
  subject_alternative_names = [local.media]
  validation_method         = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each        = toset(values(local.names))
  zone_id         = data.aws_route53_zone.this.zone_id
  allow_overwrite = true
  name            = one([for option in aws_acm_certificate.this.domain_validation_options : option.resource_record_name if option.domain_name == each.key])
  type            = one([for option in aws_acm_certificate.this.domain_validation_options : option.resource_record_type if option.domain_name == each.key])
  records         = [for option in aws_acm_certificate.this.domain_validation_options : option.resource_record_value if option.domain_name == each.key]
  ttl             = 300
}

resource "aws_acm_certificate_validation" "this" {
  region                  = local.global
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

# ---- load balancer: Kubernetes registers the pods of the ingress in its target group

data "aws_ec2_managed_prefix_list" "cloudfront" {
  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_security_group" "ingress" {
  name        = "${var.name}-ingress"
  description = "Load balancer of the ingress"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "cloudfront" {
  security_group_id = aws_security_group.ingress.id
  description       = "HTTPS from CloudFront"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront.id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "ingress" {
  security_group_id = aws_security_group.ingress.id
  description       = "HTTPS to the pods of the ingress"
  cidr_ipv4         = data.aws_vpc.this.cidr_block
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

data "aws_vpc" "this" {
  id = var.vpc_id
}

resource "aws_lb" "ingress" {
  #checkov:skip=CKV_AWS_150:production has it; checkov does not follow the variable
  #checkov:skip=CKV_AWS_91:a network balancer passes TLS on and knows no requests; CloudFront and the gateway log them
  name                             = "${var.name}-ingress"
  internal                         = true
  load_balancer_type               = "network"
  subnets                          = var.subnet_ids
  security_groups                  = [aws_security_group.ingress.id]
  enable_cross_zone_load_balancing = true
  enable_deletion_protection       = var.is_protected
}

resource "aws_lb_target_group" "ingress" {
  #checkov:skip=CKV_AWS_378:TCP carries TLS here, which ends at the ingress
  name                 = "${var.name}-ingress"
  vpc_id               = var.vpc_id
  target_type          = "ip"
  protocol             = "TCP"
  port                 = 443
  deregistration_delay = 60

  health_check {
    protocol = "TCP"
    interval = 10
  }
}

resource "aws_lb_listener" "ingress" {
  #checkov:skip=CKV_AWS_2:TCP carries TLS here, which ends at the ingress
  #checkov:skip=CKV_AWS_103:TCP carries TLS here, which ends at the ingress
  load_balancer_arn = aws_lb.ingress.arn
  protocol          = "TCP"
  port              = 443

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.ingress.arn
  }
}

resource "aws_cloudfront_vpc_origin" "ingress" {
  vpc_origin_endpoint_config {
    name                   = "${var.name}-ingress"
    arn                    = aws_lb.ingress.arn
    http_port              = 80
    https_port             = 443
    origin_protocol_policy = "https-only"
    origin_ssl_protocols {
      items    = ["TLSv1.2"]
      quantity = 1
    }
  }
}

# ---- firewall

resource "aws_wafv2_web_acl" "this" {
  #checkov:skip=CKV_AWS_192:AWSManagedRulesKnownBadInputsRuleSet has this rule; checkov does not read the dynamic block
  region      = local.global
  name        = var.name
  description = "In front of the shop"
  scope       = "CLOUDFRONT"

  default_action {
    allow {}
  }

  dynamic "rule" {
    for_each = {
      AWSManagedRulesAmazonIpReputationList = 1
      AWSManagedRulesKnownBadInputsRuleSet  = 2
      AWSManagedRulesCommonRuleSet          = 3
    }
    content {
      name     = rule.key
      priority = rule.value
      override_action {
        none {}
      }
      statement {
        managed_rule_group_statement {
          vendor_name = "AWS"
          name        = rule.key
          # Uploads of pictures are larger than 8 KB; the gateway limits each route's body.
          dynamic "rule_action_override" {
            for_each = rule.key == "AWSManagedRulesCommonRuleSet" ? ["SizeRestrictions_BODY"] : []
            content {
              name = rule_action_override.value
              action_to_use {
                count {}
              }
            }
          }
        }
      }
      visibility_config {
        metric_name                = rule.key
        cloudwatch_metrics_enabled = true
        sampled_requests_enabled   = true
      }
    }
  }

  rule {
    name     = "rate"
    priority = 4
    action {
      block {}
    }
    statement {
      rate_based_statement {
        aggregate_key_type = "IP"
        limit              = var.requests_per_5_minutes
      }
    }
    visibility_config {
      metric_name                = "rate"
      cloudwatch_metrics_enabled = true
      sampled_requests_enabled   = true
    }
  }

  visibility_config {
    metric_name                = var.name
    cloudwatch_metrics_enabled = true
    sampled_requests_enabled   = true
  }
}

resource "aws_cloudwatch_log_group" "waf" {
  #checkov:skip=CKV_AWS_158:the key for data is in the shop's region, this group must be in us-east-1; AWS encrypts it with its own key
  region            = local.global
  name              = "aws-waf-logs-${var.name}"
  retention_in_days = 365
}

resource "aws_wafv2_web_acl_logging_configuration" "this" {
  region                  = local.global
  resource_arn            = aws_wafv2_web_acl.this.arn
  log_destination_configs = [aws_cloudwatch_log_group.waf.arn]
  redacted_fields {
    single_header {
      name = "authorization"
    }
  }
  redacted_fields {
    single_header {
      name = "cookie"
    }
  }
}

# ---- the shop

data "aws_cloudfront_cache_policy" "as_the_origin_says" {
  name = "UseOriginCacheControlHeaders-QueryStrings"
}

data "aws_cloudfront_origin_request_policy" "all" {
  name = "Managed-AllViewer"
}

resource "aws_cloudfront_distribution" "shop" {
  #checkov:skip=CKV_AWS_86:the gateway logs each request with its correlation id; blocked requests are in the firewall's log
  #checkov:skip=CKV_AWS_305:the gateway serves `/` itself
  #checkov:skip=CKV_AWS_310:the origin is a load balancer over three zones; there is no second one
  #checkov:skip=CKV_AWS_374:a shop is for every country; deliveries are limited by the shipping service
  #checkov:skip=CKV2_AWS_47:AWSManagedRulesKnownBadInputsRuleSet has this rule; checkov does not read the dynamic block
  #checkov:skip=CKV2_AWS_32:the shop sets its security headers itself, per page
  comment         = "${var.name}: shop"
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = "PriceClass_100"
  aliases         = [var.domain]
  web_acl_id      = aws_wafv2_web_acl.this.arn

  origin {
    origin_id   = "ingress"
    domain_name = aws_lb.ingress.dns_name
    vpc_origin_config {
      vpc_origin_id = aws_cloudfront_vpc_origin.ingress.id
    }
  }

  default_cache_behavior {
    target_origin_id         = "ingress"
    viewer_protocol_policy   = "redirect-to-https"
    allowed_methods          = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"]
    cached_methods           = ["GET", "HEAD"]
    compress                 = true
    cache_policy_id          = data.aws_cloudfront_cache_policy.as_the_origin_says.id
    origin_request_policy_id = data.aws_cloudfront_origin_request_policy.all.id
  }

  viewer_certificate {
    acm_certificate_arn      = aws_acm_certificate_validation.this.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}

resource "aws_route53_record" "shop" {
  for_each = toset(["A", "AAAA"])
  zone_id  = data.aws_route53_zone.this.zone_id
  name     = var.domain
  type     = each.key
  alias {
    name                   = aws_cloudfront_distribution.shop.domain_name
    zone_id                = aws_cloudfront_distribution.shop.hosted_zone_id
    evaluate_target_health = false
  }
}
