"""The `KAFKA_…` settings of the platform, as librdkafka calls them."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..settings import InvalidConfig, flag, one_of, required

MECHANISMS = ("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512")
CREDENTIALS = ("KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD")
FILES = {
    "KAFKA_TLS_CA": "ssl.ca.location",
    "KAFKA_TLS_CERT": "ssl.certificate.location",
    "KAFKA_TLS_KEY": "ssl.key.location",
}


@dataclass(frozen=True, slots=True)
class KafkaSettings:
    prefix: str
    options: Mapping[str, str | int | bool]


def read_kafka_settings(env: Mapping[str, str]) -> KafkaSettings:
    """Raises InvalidConfig."""
    brokers = ",".join(broker.strip() for broker in required(env, "KAFKA_BROKERS").split(","))
    return KafkaSettings(env.get("KAFKA_PREFIX", ""), {"bootstrap.servers": brokers, **_security(env)})


def _security(env: Mapping[str, str]) -> dict[str, str]:
    is_encrypted = flag(env, "KAFKA_TLS", default=False)
    files = {option: env[name] for name, option in FILES.items() if env.get(name)}
    if files and not is_encrypted:
        raise InvalidConfig("KAFKA_TLS: must be true where there are certificates")
    if ("ssl.certificate.location" in files) != ("ssl.key.location" in files):
        raise InvalidConfig("KAFKA_TLS_CERT and KAFKA_TLS_KEY are set together")
    mechanism = one_of(env, "KAFKA_SASL_MECHANISM", MECHANISMS)
    named = [name for name in CREDENTIALS if env.get(name)]
    if mechanism is None:
        if named:
            raise InvalidConfig(f"KAFKA_SASL_MECHANISM: is missing, there is {named[0]}")
        return {**files, "security.protocol": "SSL" if is_encrypted else "PLAINTEXT"}
    return {
        **files,
        "security.protocol": "SASL_SSL" if is_encrypted else "SASL_PLAINTEXT",
        "sasl.mechanism": mechanism,
        "sasl.username": required(env, "KAFKA_SASL_USERNAME"),
        "sasl.password": required(env, "KAFKA_SASL_PASSWORD"),
    }
