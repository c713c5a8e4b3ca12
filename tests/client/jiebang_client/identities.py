"""What callers prove themselves with, other than tokens of jiebangctl's: RSA keys and their JWKS, client certificates, and the
gateway's registry. Made by openssl, so that nothing of ours checks itself."""

import base64
import json
import subprocess
import time
import urllib.parse


def encode(part):
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def openssl(*arguments, **more):
    return subprocess.run(["openssl", *arguments], capture_output=True, check=True, **more).stdout


class RsaIssuer:
    """Somebody who signs tokens with RS256 and publishes the key as a JWKS."""

    def __init__(self, directory, issuer, kid):
        self.issuer, self.kid = issuer, kid
        self._key = directory / f"{kid}.pem"
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", self._key)

    def jwk(self):
        modulus = openssl("rsa", "-in", self._key, "-noout", "-modulus").decode().strip().removeprefix("Modulus=")
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": encode(bytes.fromhex(modulus)), "e": "AQAB"}

    def token(self, header=None, **claims):
        header = {"alg": "RS256", "kid": self.kid} | (header or {})
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": ["jiebang", "elsewhere"], "iat": now, "exp": now + 3600} | claims
        text = ".".join(encode(json.dumps(part).encode()) for part in (header, claims))
        return f"{text}.{encode(openssl('dgst', '-sha256', '-sign', self._key, input=text.encode()))}"


class ClientCertificate:
    """A certificate of its own making; a proxy would have checked whose it is."""

    def __init__(self, directory, name):
        key, self.file = directory / f"{name}-key.pem", directory / f"{name}.pem"
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                "-subj", f"/CN={name}", "-keyout", key, "-out", self.file)  # fmt: skip

    @property
    def header(self):
        """As nginx's $ssl_client_escaped_cert."""
        return urllib.parse.quote(self.file.read_text())

    @property
    def spki_sha256(self):
        public = openssl("x509", "-in", self.file, "-noout", "-pubkey")
        der = openssl("pkey", "-pubin", "-outform", "DER", input=public)
        return openssl("dgst", "-sha256", "-r", input=der).decode().split()[0]


def replace(file, text):
    """Changes a file as Kubernetes does: by another one."""
    draft = file.with_suffix(".new")
    draft.write_text(text, encoding="utf-8")
    draft.rename(file)
