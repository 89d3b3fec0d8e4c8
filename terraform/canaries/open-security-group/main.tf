resource "aws_security_group" "this" {
  name        = "canary"
  description = "Open to the world"
  ingress {
    description = "SSH from anywhere"
    protocol    = "tcp"
    from_port   = 22
    to_port     = 22
    cidr_blocks = ["0.0.0.0/0"]
  }
}
