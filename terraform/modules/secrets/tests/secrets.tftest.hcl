provider "aws" {
  region = "eu-central-1"
}

variables {
  name = "shop-test"
}

run "keys_rotate_and_outlive_a_mistake" {
  command = plan

  assert {
    condition     = alltrue([for key in [aws_kms_key.data, aws_kms_key.vault] : key.enable_key_rotation && key.deletion_window_in_days == 30])
    error_message = "Keys rotate, and their deletion can be cancelled for 30 days."
  }
}

run "vault_may_only_unseal" {
  command = apply

  assert {
    condition = alltrue([
      for statement in jsondecode(output.vault_policy).Statement :
      statement.Resource == aws_kms_key.vault.arn && !contains(statement.Action, "kms:*")
    ])
    error_message = "Vault uses its own key, and does not administer it."
  }
}
