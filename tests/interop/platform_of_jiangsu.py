"""A registered platform and what the gateway knows of it: its keys made by openssl, and the flags that name them."""

from jiebang_client.identities import openssl
from jiebang_client.world import JIANGSU

PLATFORM = "platform-jiangsu"
TOKEN_ENDPOINT = "https://gateway.example/oauth2/token"  # as platforms would call it
KEY_ID, HMAC_KEY_ID = "js-2026", "js-hmac-2026"


class Platform:
    def __init__(self, directory):
        self.key, self.secret = directory / "platform.pem", directory / "hmac-secret"
        self._registry, self._gateways_key = directory / "registry.textproto", directory / "gateways-key.pem"
        for key in (self.key, self._gateways_key):
            openssl("genpkey", "-algorithm", "ed25519", "-out", key)
        self.secret.write_bytes(openssl("rand", "-hex", "32"))
        public = openssl("pkey", "-in", self.key, "-pubout").decode().replace("\n", "\\n")
        self._registry.write_text(
            f'platforms {{ id: "{PLATFORM}" unit: "{JIANGSU}" roles: "unit" region_prefixes: "{JIANGSU[:2]}"\n'
            f'  keys {{ kid: "{KEY_ID}" pem: "{public}" }}\n'
            f'  hmac_keys {{ id: "{HMAC_KEY_ID}" secret_file: "{self.secret.name}" algorithm: HMAC_ALGORITHM_SHA256 }} }}\n',
            encoding="utf-8",
        )

    @property
    def gateway_flags(self):
        flags = ["--registry", self._registry, "--token-signing-key", self._gateways_key]
        return flags + ["--token-endpoint", TOKEN_ENDPOINT]

    @property
    def document(self):
        said = {"id": PLATFORM, "key": str(self.key), "keyId": KEY_ID, "audience": TOKEN_ENDPOINT}
        return said | {"secret": str(self.secret), "hmacKeyId": HMAC_KEY_ID}
