# The files of the media service. The bucket is private, also to CloudFront: whether a file may be seen, and the sizes that pages need,
# are decided and made by the service when a file is first requested. So CloudFront asks the service, keeps what it declares public,
# and no file is readable without the service's consent.

data "aws_caller_identity" "current" {}

locals {
  host = "media.${var.domain}"
}

resource "aws_s3_bucket" "this" {
  #checkov:skip=CKV_AWS_18:only the media service reads the bucket, and it logs each request
  #checkov:skip=CKV_AWS_144:versions and AWS Backup protect the files; a second region is no aim of this shop
  #checkov:skip=CKV2_AWS_62:nothing waits for files: the service knows what it has stored
  bucket        = "${var.name}-media-${data.aws_caller_identity.current.account_id}"
  force_destroy = !var.is_protected
  tags          = { Backup = "daily" }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.id

  rule {
    id     = "uploads-never-finished"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }

  # The right to erasure: what is deleted is gone from here after a month, and after 35 days from backups.
  rule {
    id     = "deleted"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
    expiration {
      expired_object_delete_marker = true
    }
  }

  rule {
    id     = "seldom-seen"
    status = "Enabled"
    filter {
      object_size_greater_than = 131072
    }
    transition {
      days          = 30
      storage_class = "INTELLIGENT_TIERING"
    }
  }

  depends_on = [aws_s3_bucket_versioning.this]
}

# Browsers put large files straight into the bucket, by URLs that the service signs.
resource "aws_s3_bucket_cors_configuration" "this" {
  bucket = aws_s3_bucket.this.id
  cors_rule {
    allowed_methods = ["PUT"]
    allowed_origins = ["https://${var.domain}"]
    allowed_headers = ["*"]
    max_age_seconds = 3600
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "OnlyEncrypted"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [aws_s3_bucket.this.arn, "${aws_s3_bucket.this.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}

# A public file says that it is cached for a year, any other that it is not stored. The query holds the signature of private ones.
resource "aws_cloudfront_cache_policy" "this" {
  name        = "${var.name}-media"
  min_ttl     = 0
  default_ttl = 0
  max_ttl     = 31536000

  parameters_in_cache_key_and_forwarded_to_origin {
    enable_accept_encoding_brotli = true
    enable_accept_encoding_gzip   = true
    headers_config {
      header_behavior = "whitelist"
      headers {
        items = ["Host"]
      }
    }
    cookies_config {
      cookie_behavior = "none"
    }
    query_strings_config {
      query_string_behavior = "all"
    }
  }
}

resource "aws_cloudfront_distribution" "this" {
  #checkov:skip=CKV_AWS_86:the media service logs what it is asked; blocked requests are in the firewall's log
  #checkov:skip=CKV_AWS_305:there is no page here
  #checkov:skip=CKV_AWS_310:the origin is a load balancer over three zones; there is no second one
  #checkov:skip=CKV_AWS_374:a shop is for every country
  #checkov:skip=CKV2_AWS_47:its firewall is that of the module `edge`, with AWSManagedRulesKnownBadInputsRuleSet
  #checkov:skip=CKV2_AWS_32:each file has its security headers from the service
  comment         = "${var.name}: media"
  enabled         = true
  is_ipv6_enabled = true
  http_version    = "http2and3"
  price_class     = "PriceClass_100"
  aliases         = [local.host]
  web_acl_id      = var.origin.web_acl_arn

  origin {
    origin_id   = "ingress"
    domain_name = var.origin.domain_name
    vpc_origin_config {
      vpc_origin_id = var.origin.vpc_origin_id
    }
  }

  default_cache_behavior {
    target_origin_id       = "ingress"
    viewer_protocol_policy = "https-only"
    allowed_methods        = ["GET", "HEAD"]
    cached_methods         = ["GET", "HEAD"]
    compress               = true
    cache_policy_id        = aws_cloudfront_cache_policy.this.id
  }

  viewer_certificate {
    acm_certificate_arn      = var.origin.certificate_arn
    ssl_support_method       = "sni-only"
    minimum_protocol_version = "TLSv1.2_2021"
  }

  restrictions {
    geo_restriction {
      restriction_type = "none"
    }
  }
}

resource "aws_route53_record" "this" {
  for_each = toset(["A", "AAAA"])
  zone_id  = var.zone_id
  name     = local.host
  type     = each.key
  alias {
    name                   = aws_cloudfront_distribution.this.domain_name
    zone_id                = aws_cloudfront_distribution.this.hosted_zone_id
    evaluate_target_health = false
  }
}
