"""What production refuses to start with. Each sentence begins with the setting's name."""

from collections.abc import Mapping
from pathlib import Path


def unsafe_settings(settings: Mapping[str, object], environment: Mapping[str, str]) -> list[str]:
    """Every unsafe setting, told at once; an empty list is safe."""
    found = [*_hosts(settings), *_secret_key(str(settings["SECRET_KEY"])), *_transport(settings)]
    if environment.get("DEBUG", "").lower() not in ("", "0", "false", "no", "off"):
        found.append("DEBUG: shows the inside of the installation to everybody; unset it.")
    if not environment.get("EMAIL_FROM"):
        found.append("EMAIL_FROM: not set; give the address that mail comes from.")
    return [*found, *_signing(str(settings["DKIM_KEY_FILE"]), str(settings["DKIM_DOMAIN"]))]


def _signing(file: str, domain: str) -> list[str]:
    """Mail is signed with a key that can be read, or not at all; of an RSA key, the private half in PEM."""
    if not file:
        return ["DKIM_DOMAIN: given without DKIM_KEY_FILE."] if domain else []
    try:
        key = Path(file).read_bytes()
    except OSError as error:
        return [f"DKIM_KEY_FILE: {file} cannot be read ({error.strerror})."]
    if b"PRIVATE KEY-----" not in key:
        return [
            f"DKIM_KEY_FILE: {file} holds no private key in PEM; make one with: openssl genrsa -out FILE 2048"
        ]
    return []


def _hosts(settings: Mapping[str, object]) -> list[str]:
    hosts = settings["ALLOWED_HOSTS"]
    if not isinstance(hosts, list) or not hosts:
        return ["ALLOWED_HOSTS: empty; give the names that people type, parted by commas."]
    if any(host.strip(".").startswith("*") or host in ("*", ".") for host in hosts):
        return ["ALLOWED_HOSTS: '*' accepts any name, so links in mail could be forged; list the names."]
    return []


def _secret_key(key: str) -> list[str]:
    how = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
    if not key:
        return [f"SECRET_KEY: not set, nor SECRET_KEY_FILE; {how}"]
    if len(key) < 50 or len(set(key)) < 10 or key.startswith(("django-insecure", "change")):
        return [f"SECRET_KEY: too short or too simple; {how}"]
    return []


def _transport(settings: Mapping[str, object]) -> list[str]:
    certificate, key = str(settings["TLS_CERTIFICATE"]), str(settings["TLS_KEY"])
    found = []
    if bool(certificate) != bool(key):
        found.append("TLS_CERTIFICATE and TLS_KEY: one is given without the other.")
    found += [
        f"{name}: {file} cannot be read."
        for name, file in (("TLS_CERTIFICATE", certificate), ("TLS_KEY", key))
        if file and not Path(file).is_file()
    ]
    if not settings["TLS_PROXY_HEADER"] and not certificate:
        found.append(
            "TLS_PROXY_HEADER: not set; name the header in which your proxy says https (X-Forwarded-Proto), "
            "or give TLS_CERTIFICATE and TLS_KEY."
        )
    if not str(settings["PUBLIC_ADDRESS"]).startswith("https://"):
        found.append("PUBLIC_ADDRESS: must begin with https://, for links in mail and the cookies' safety.")
    return found
