# What GitHub's workflows may do in this account: a role per purpose, assumed with GitHub's tokens. There are no keys.

locals {
  issuer = "token.actions.githubusercontent.com"
  job    = "repo:${var.repository}"
  main   = "refs/heads/main"

  pull = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", "ecr:ListImageReferrers", "ecr:ListImages"]
  push = ["ecr:CompleteLayerUpload", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"]
  scan = ["ecr:DescribeImages", "ecr:DescribeImageScanFindings"]

  on_images = { Effect = "Allow", Resource = var.image_arns }
  log_in    = { Effect = "Allow", Action = ["ecr:GetAuthorizationToken"], Resource = ["*"] }

  # By purpose: the claims that GitHub makes about a job, and what such a job does.
  roles = {
    # A plan runs the code of a pull request and reads the secrets that Terraform made, so GitHub's environment `plan` has reviewers.
    plan = {
      claims     = { sub = "${local.job}:environment:plan" }
      statements = local.plan
    }
    images = {
      claims     = { sub = "${local.job}:ref:${local.main}" }
      statements = [merge(local.on_images, { Action = concat(local.pull, local.push, local.scan) }), local.log_in]
    }
    release = {
      claims     = { sub = "${local.job}:environment:production", ref = local.main }
      statements = [merge(local.on_images, { Action = local.pull }), local.log_in]
    }
  }

  # What ReadOnlyAccess lacks, and without the data of customers, which it has.
  plan = [
    { Effect = "Allow", Action = ["s3:GetObject", "s3:ListBucket"], Resource = [var.state_bucket_arn, "${var.state_bucket_arn}/*"] },
    { Effect = "Allow", Action = ["secretsmanager:GetRandomPassword"], Resource = ["*"] },
    {
      Effect    = "Allow"
      Action    = ["kms:Decrypt", "secretsmanager:GetSecretValue"]
      Resource  = ["*"]
      Condition = { StringEquals = { "aws:ResourceTag/Project" = var.prefix } }
    },
    { Effect = "Deny", Action = ["s3:GetObject", "s3:GetObjectVersion"], NotResource = ["${var.state_bucket_arn}/*"] },
    { Effect = "Deny", Action = ["logs:FilterLogEvents", "logs:GetLogEvents", "logs:StartQuery"], Resource = ["*"] },
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

resource "aws_iam_role_policy_attachment" "plan" {
  role       = aws_iam_role.this["plan"].name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
}
