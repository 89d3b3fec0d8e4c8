resource "aws_sqs_queue" "this" {
  #checkov:skip=CKV_AWS_27
  name = "canary"
}
