provider "aws" {
  region = "eu-central-1"
}

variables {
  prefix           = "shop"
  repository       = "example/shop"
  image_arns       = ["arn:aws:ecr:eu-central-1:111122223333:repository/shop/order"]
  state_bucket_arn = "arn:aws:s3:::state"
}

run "each_role_is_for_one_kind_of_job" {
  command = apply

  assert {
    condition = { for purpose, role in aws_iam_role.this : purpose => jsondecode(role.assume_role_policy).Statement[0].Condition } == {
      plan = { StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = "repo:example/shop:environment:plan"
      } }
      images = { StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:sub" = "repo:example/shop:ref:refs/heads/main"
      } }
      release = { StringEquals = {
        "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"
        "token.actions.githubusercontent.com:ref" = "refs/heads/main"
        "token.actions.githubusercontent.com:sub" = "repo:example/shop:environment:production"
      } }
    }
    error_message = "A role is taken by its own kind of job only: of this repository, and of its branch or environment."
  }
  assert {
    condition = alltrue([for role in aws_iam_role.this : (
      length(jsondecode(role.assume_role_policy).Statement) == 1
      && jsondecode(role.assume_role_policy).Statement[0].Action == "sts:AssumeRoleWithWebIdentity"
      && jsondecode(role.assume_role_policy).Statement[0].Principal.Federated == aws_iam_openid_connect_provider.this.arn
    )])
    error_message = "Only tokens of GitHub are accepted."
  }
}

run "only_main_pushes" {
  command = plan

  assert {
    condition     = [for purpose, policy in aws_iam_role_policy.this : purpose if strcontains(policy.policy, "ecr:PutImage")] == ["images"]
    error_message = "Only jobs of the branch push images."
  }
  assert {
    condition = alltrue(flatten([for purpose in ["images", "release"] : [
      for statement in jsondecode(aws_iam_role_policy.this[purpose].policy).Statement :
      toset(statement.Resource) == toset(var.image_arns) || toset(statement.Action) == toset(["ecr:GetAuthorizationToken"])
    ]]))
    error_message = "They reach the shop's images and nothing else."
  }
}

run "a_plan_only_reads" {
  command = plan

  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.this["plan"].policy).Statement : statement.Effect == "Deny"
      || alltrue([for action in statement.Action : can(regex("^[a-z0-9]+:(Get|List|Decrypt)", action))])
    ])
    error_message = "It changes nothing."
  }
  assert {
    condition     = aws_iam_role_policy_attachment.plan.policy_arn == "arn:aws:iam::aws:policy/ReadOnlyAccess"
    error_message = "Beyond what it lists, it has AWS's own policy for readers."
  }
  assert {
    condition = alltrue([
      for statement in jsondecode(aws_iam_role_policy.this["plan"].policy).Statement :
      statement.Condition.StringEquals == { "aws:ResourceTag/Project" = "shop" }
      if contains(statement.Action, "secretsmanager:GetSecretValue")
    ])
    error_message = "It reads no secrets but the shop's."
  }
  assert {
    condition = alltrue([for action in ["logs:GetLogEvents", "s3:GetObject"] : anytrue([
      for statement in jsondecode(aws_iam_role_policy.this["plan"].policy).Statement :
      statement.Effect == "Deny" && contains(statement.Action, action)
    ])])
    error_message = "Logs and files are out of reach, except the state."
  }
}

run "refuses_wildcards" {
  command = plan
  variables {
    repository = "example/*"
    image_arns = ["arn:aws:ecr:eu-central-1:111122223333:repository/*"]
  }
  expect_failures = [var.repository, var.image_arns]
}
