output "name" {
  description = "Name of the cluster."
  value       = aws_eks_cluster.this.name
}

output "endpoint" {
  description = "Address of its API, within the VPC."
  value       = aws_eks_cluster.this.endpoint
}

output "security_group_id" {
  description = "Group of the nodes."
  value       = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
}
