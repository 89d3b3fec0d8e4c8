# What GitHub's workflows may do in this account: a role per purpose, for which GitHub vouches. There are no keys.

locals {
  issuer = "token.actions.githubusercontent.com"
  ours   = "repo:${var.repository}"

  pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImages"]
  push = ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]
  scan = ["ecr:DescribeImages", "ecr:DescribeImageScanFindings"]

  # By purpose: the claims that GitHub makes about a job, and what such a job does.
  roles = {
    # Of a pull request from a branch: GitHub gives forks no token. It reads how things are set up, and no data.
    plan = {
      claims     = { sub = "${local.ours}:pull_request" }
      managed    = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
      statements = local.plan
    }
    images = {
      claims     = { sub = "${local.ours}:ref:refs/heads/${var.branch}" }
      managed    = []
      statements = [{ Effect = "Allow", Action = concat(local.pull, local.push, local.scan), Resource = var.image_arns }, local.log_in]
    }
    release = {
      claims     = { sub = "${local.ours}:environment:${var.environment}", ref = "refs/heads/${var.branch}" }
      managed    = []
      statements = [{ Effect = "Allow", Action = local.pull, Resource = var.image_arns }, local.log_in]
    }
  }

  log_in = { Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] }

  # What ReadOnlyAccess does not have, and without the data that it has.
  plan = [
    {
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = [var.state_bucket_arn, "${var.state_bucket_arn}/*"]
    },
    { Effect = "Allow", Action = ["kms:Decrypt"], Resource = [var.kms_key_arn] },
    { Effect = "Deny", NotResource = ["${var.state_bucket_arn}/*"], Action = ["s3:GetObject", "s3:GetObjectVersion"] },
    {
      Effect = "Deny"
      Action = [
        "secretsmanager:GetSecretValue", "ssm:GetParameter*", "logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery",
        "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer",
      ]
      Resource = ["*"]
    },
  ]
}

resource "aws_iam_openid_connect_provider" "this" {
  url            = "https://${local.issuer}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "this" {
  for_each             = local.roles
  name                 = "${var.prefix}-github-${each.key}"
  max_session_duration = 3600
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRoleWithWebIdentity"
      Principal = { Federated = aws_iam_openid_connect_provider.this.arn }
      Condition = {
        StringEquals = { for claim, value in merge(each.value.claims, { aud = "sts.amazonaws.com" }) : "${local.issuer}:${claim}" => value }
      }
    }]
  })
}

resource "aws_iam_role_policy" "this" {
  for_each = local.roles
  name     = each.key
  role     = aws_iam_role.this[each.key].name
  policy   = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}

resource "aws_iam_role_policy_attachment" "this" {
  for_each   = merge([for name, role in local.roles : { for arn in role.managed : "${name} ${arn}" => { role = name, arn = arn } }]...)
  role       = aws_iam_role.this[each.value.role].name
  policy_arn = each.value.arn
}
