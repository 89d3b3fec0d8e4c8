package main_test

import data.main
import rego.v1

# Messages for a plan with these resources.
said(environment, resources) := messages if {
	plan := {
		"variables": {"environment": {"value": environment}},
		"resource_changes": [change |
			some r in resources
			change := {
				"address": concat(".", [r.module, r.type, "x"]),
				"module_address": r.module,
				"mode": "managed",
				"type": r.type,
				"name": "x",
				"change": {"after": r.after, "after_unknown": {}},
			}
		],
	}
	messages := main.deny with input as plan
}

of(type, after) := said("dev", [{"module": "module.a", "type": type, "after": after}])

mentions(messages, text) if {
	some message in messages
	contains(message, text)
}

database := {"storage_encrypted": true, "publicly_accessible": false, "backup_retention_period": 35, "deletion_protection": true}

test_a_good_database if count(of("aws_db_instance", database)) == 0

test_a_public_database if mentions(of("aws_db_instance", object.union(database, {"publicly_accessible": true})), "public address")

test_an_unencrypted_database if mentions(of("aws_db_instance", object.union(database, {"storage_encrypted": false})), "storage_encrypted is not true")

test_a_database_without_backups if mentions(of("aws_db_instance", object.union(database, {"backup_retention_period": 0})), "fewer than 7 days")

test_production_is_protected if {
	unprotected := [{"module": "module.a", "type": "aws_db_instance", "after": object.union(database, {"deletion_protection": false})}]
	mentions(said("production", unprotected), "without protection")
	count(said("staging", unprotected)) == 0
}

test_a_cache_without_tls if mentions(
	of("aws_elasticache_replication_group", {"at_rest_encryption_enabled": "true", "transit_encryption_enabled": false}),
	"transit_encryption_enabled is not true",
)

test_an_unencrypted_index if mentions(of("aws_opensearch_domain", {"encrypt_at_rest": [{"enabled": false}]}), "not encrypted at rest")

test_an_index_that_says_nothing if mentions(of("aws_opensearch_domain", {"encrypt_at_rest": []}), "not encrypted at rest")

brokers(transit, access) := {
	"encryption_info": [{"encryption_in_transit": [{"client_broker": transit}]}],
	"broker_node_group_info": [{"connectivity_info": [{"public_access": [{"type": access}]}]}],
}

test_good_brokers if count(of("aws_msk_cluster", brokers("TLS", "DISABLED"))) == 0

test_brokers_without_tls if mentions(of("aws_msk_cluster", brokers("TLS_PLAINTEXT", "DISABLED")), "without TLS")

test_public_brokers if mentions(of("aws_msk_cluster", brokers("TLS", "SERVICE_PROVIDED_EIPS")), "public addresses")

test_a_public_cluster if mentions(of("aws_eks_cluster", {"vpc_config": [{"endpoint_public_access": true}]}), "API of the cluster is public")

# Public access is what AWS does if nothing is said.
test_a_cluster_that_says_nothing if mentions(of("aws_eks_cluster", {"vpc_config": [{}]}), "API of the cluster is public")

rule(module, port) := [{
	"module": module,
	"type": "aws_vpc_security_group_ingress_rule",
	"after": {"cidr_ipv4": "0.0.0.0/0", "from_port": port, "to_port": port},
}]

test_443_at_the_edge if count(said("dev", rule("module.edge", 443))) == 0

test_443_elsewhere if mentions(said("dev", rule("module.rds", 443)), "open to the world")

test_another_port_at_the_edge if mentions(said("dev", rule("module.edge", 22)), "open to the world")

test_ipv6_is_the_world_as_well if mentions(
	of("aws_security_group_rule", {"type": "ingress", "ipv6_cidr_blocks": ["::/0"], "from_port": 22, "to_port": 22}),
	"open to the world",
)

test_a_bare_bucket if count(of("aws_s3_bucket", {})) == 3
