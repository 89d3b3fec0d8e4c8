# What no plan may contain. `conftest test` gets a plan as `terraform show -json` prints it.
package main

import rego.v1

# Everything that exists after the plan.
after contains change if {
	some change in input.resource_changes
	change.mode == "managed"
	change.change.after != null
}

is_production if input.variables.environment.value == "production"

# ---- public databases

deny contains sprintf("%s: a database with a public address", [r.address]) if {
	some r in after
	r.change.after.publicly_accessible == true
}

deny contains sprintf("%s: brokers with public addresses", [r.address]) if {
	some r in after
	r.type == "aws_msk_cluster"
	some info in r.change.after.broker_node_group_info
	some connectivity in info.connectivity_info
	some access in connectivity.public_access
	access.type != "DISABLED"
}

deny contains sprintf("%s: the API of the cluster is public", [r.address]) if {
	some r in after
	r.type == "aws_eks_cluster"
	some config in r.change.after.vpc_config
	not config.endpoint_public_access == false
}

# ---- encryption

# Argument that must be true, by type of resource.
encrypted := {
	"aws_db_instance": ["storage_encrypted"],
	"aws_docdb_cluster": ["storage_encrypted"],
	"aws_elasticache_replication_group": ["at_rest_encryption_enabled", "transit_encryption_enabled"],
	"aws_ebs_volume": ["encrypted"],
	"aws_efs_file_system": ["encrypted"],
}

deny contains sprintf("%s: %s is not true", [r.address, argument]) if {
	some r in after
	some argument in encrypted[r.type]
	not r.change.after[argument] in {true, "true"}
}

deny contains sprintf("%s: not encrypted at rest", [r.address]) if {
	some r in after
	r.type == "aws_opensearch_domain"
	every setting in r.change.after.encrypt_at_rest { setting.enabled != true }
}

deny contains sprintf("%s: clients may connect without TLS", [r.address]) if {
	some r in after
	r.type == "aws_msk_cluster"
	every info in r.change.after.encryption_info {
		every transit in info.encryption_in_transit { transit.client_broker != "TLS" }
	}
}

# A bucket has resources of the same name for what must be set of it.
deny contains sprintf("%s: no %s", [bucket.address, companion]) if {
	some bucket in after
	bucket.type == "aws_s3_bucket"
	some companion in [
		"aws_s3_bucket_server_side_encryption_configuration",
		"aws_s3_bucket_public_access_block",
		"aws_s3_bucket_versioning",
	]
	count([c |
		some c in after
		c.type == companion
		c.name == bucket.name
		object.get(c, "module_address", "") == object.get(bucket, "module_address", "")
	]) == 0
}

# ---- open networks

world := {"0.0.0.0/0", "::/0"}

open_rules contains {"address": r.address, "from": r.change.after.from_port, "to": r.change.after.to_port} if {
	some r in after
	r.type == "aws_vpc_security_group_ingress_rule"
	some argument in ["cidr_ipv4", "cidr_ipv6"]
	r.change.after[argument] in world
}

open_rules contains {"address": r.address, "from": r.change.after.from_port, "to": r.change.after.to_port} if {
	some r in after
	r.type == "aws_security_group_rule"
	r.change.after.type == "ingress"
	some argument in ["cidr_blocks", "ipv6_cidr_blocks"]
	some block in r.change.after[argument]
	block in world
}

open_rules contains {"address": r.address, "from": rule.from_port, "to": rule.to_port} if {
	some r in after
	r.type in {"aws_security_group", "aws_default_security_group"}
	some rule in r.change.after.ingress
	some argument in ["cidr_blocks", "ipv6_cidr_blocks"]
	some block in rule[argument]
	block in world
}

is_edge(rule) if {
	startswith(rule.address, "module.edge.")
	rule.from == 443
	rule.to == 443
}

deny contains sprintf("%s: open to the world, and not port 443 at the edge", [rule.address]) if {
	some rule in open_rules
	not is_edge(rule)
}

# ---- what production must survive

protected := {"aws_db_instance", "aws_docdb_cluster", "aws_eks_cluster"}

deny contains sprintf("%s: production without protection from deletion", [r.address]) if {
	is_production
	some r in after
	r.type in protected
	not r.change.after.deletion_protection == true
}

deny contains sprintf("%s: backups of fewer than 7 days", [r.address]) if {
	some r in after
	r.type in {"aws_db_instance", "aws_docdb_cluster"}
	object.get(r.change.after, "replicate_source_db", null) == null
	not is_replica(r)
	not r.change.after.backup_retention_period >= 7
}

# The source of a replica is not known before it exists.
is_replica(r) if r.change.after_unknown.replicate_source_db == true
