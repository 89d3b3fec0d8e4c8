"""Settings, and the errors that name them."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from recommendation.adapters.kafka.settings import read_kafka_settings
from recommendation.adapters.settings import InvalidConfig
from recommendation.main.settings import read_settings


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"keys": []}))
    return {"SERVICE_KEYS_FILE": str(keys), "USER_URL": "http://user"}


def test_have_defaults(env: dict[str, str]) -> None:
    settings = read_settings(env)
    assert (settings.host, settings.port, settings.log_level) == ("127.0.0.1", 0, "info")
    none = (settings.kafka, settings.redis_url, settings.state_file, settings.exposures, settings.search_url)
    assert set(none) == {None}
    assert [one.issuer for one in settings.issuers] == ["https://shop.local"]


def test_can_name_an_oidc_provider_and_several_instances(env: dict[str, str]) -> None:
    settings = read_settings({**env, "OIDC_ISSUER": "https://id.example", "SEARCH_URL": "http://a,http://b"})
    assert [(one.issuer, one.type, one.roles_claim) for one in settings.issuers][1] == (
        "https://id.example",
        "Bearer",
        "realm_access.roles",
    )
    assert settings.search_url == "http://a"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"SERVICE_KEYS_FILE": ""}, "SERVICE_KEYS_FILE"),
        ({"SERVICE_KEYS_FILE": "/nowhere"}, "SERVICE_KEYS_FILE"),
        ({"USER_URL": ""}, "USER_URL"),
        ({"PORT": "x"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL"),
    ],
)
def test_name_what_is_wrong(env: dict[str, str], changes: Mapping[str, str], name: str) -> None:
    with pytest.raises(InvalidConfig, match=name):
        read_settings({**env, **changes})


def test_a_key_set_is_one(env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("[]")
    with pytest.raises(InvalidConfig, match="SERVICE_KEYS_FILE"):
        read_settings(env)


BROKERS = {"KAFKA_BROKERS": "one:9092, two:9092"}
SASL = {"KAFKA_SASL_MECHANISM": "SCRAM-SHA-512", "KAFKA_SASL_USERNAME": "shop", "KAFKA_SASL_PASSWORD": "secret"}


class TestKafka:
    def test_is_plain_by_default(self) -> None:
        found = read_kafka_settings({**BROKERS, "KAFKA_PREFIX": "a."})
        assert found.prefix == "a."
        assert found.options == {"bootstrap.servers": "one:9092,two:9092", "security.protocol": "PLAINTEXT"}

    def test_can_be_encrypted_and_know_who_calls(self) -> None:
        files = {"KAFKA_TLS_CA": "/ca", "KAFKA_TLS_CERT": "/cert", "KAFKA_TLS_KEY": "/key"}
        found = read_kafka_settings({**BROKERS, "KAFKA_TLS": "true", **files, **SASL})
        assert found.options == {
            "bootstrap.servers": "one:9092,two:9092",
            "security.protocol": "SASL_SSL",
            "ssl.ca.location": "/ca",
            "ssl.certificate.location": "/cert",
            "ssl.key.location": "/key",
            "sasl.mechanism": "SCRAM-SHA-512",
            "sasl.username": "shop",
            "sasl.password": "secret",
        }

    @pytest.mark.parametrize(
        "changes",
        [
            {"KAFKA_BROKERS": ""},
            {"KAFKA_TLS_CA": "/ca"},
            {"KAFKA_TLS": "maybe"},
            {"KAFKA_TLS": "true", "KAFKA_TLS_CERT": "/cert"},
            {"KAFKA_SASL_USERNAME": "shop"},
            {"KAFKA_SASL_MECHANISM": "GSSAPI"},
            {"KAFKA_SASL_MECHANISM": "PLAIN", "KAFKA_SASL_USERNAME": "shop"},
        ],
    )
    def test_refuses(self, changes: dict[str, str]) -> None:
        with pytest.raises(InvalidConfig, match="KAFKA_"):
            read_kafka_settings({**BROKERS, **changes})
