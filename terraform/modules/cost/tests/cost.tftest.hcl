provider "aws" {
  region = "eu-central-1"
}

variables {
  name        = "shop-test"
  environment = "test"
  monthly_usd = 600
  email       = "platform@example.com"
}

run "warns_before_the_budget_is_used_up" {
  command = plan

  assert {
    condition     = aws_budgets_budget.this.limit_amount == "600" && one(aws_budgets_budget.this.cost_filter).values[0] == "user:Environment$test"
    error_message = "The budget is that of the environment."
  }
  assert {
    condition     = { for n in aws_budgets_budget.this.notification : n.notification_type => n.threshold } == { FORECASTED = 100, ACTUAL = 80 }
    error_message = "It warns when the forecast exceeds it, and at 80 %."
  }
}
