resource "aws_db_instance" "this" {
  identifier              = "canary"
  engine                  = "postgres"
  instance_class          = "db.t4g.medium"
  allocated_storage       = 20
  username                = "master"
  password                = "not-a-secret"
  storage_encrypted       = true
  publicly_accessible     = true
  backup_retention_period = 7
}
