"""A real mail server on this machine: Postfix takes mail by SMTP, Dovecot keeps it, tests read what it kept.

Addresses under arrives.example arrive; gone@refuses.example is refused at once (550); later@refuses.example for now
(450); any address under breaks.example is taken and comes back as a report. Nothing leaves the machine.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NEEDED = ("postfix", "dovecot")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailServer:
    """Both programs, in folders of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.inside = folder, free_port(), free_port()
        self.dovecot: subprocess.Popen[bytes] | None = None
        self._configure_dovecot()
        self._configure_postfix()

    def start(self) -> None:
        """Both up, and answering."""
        if self.dovecot is None:
            self.dovecot = subprocess.Popen(["dovecot", "-F", "-c", self.folder / "dovecot.conf"])
        self._postfix("start")
        for port in (self.port, self.inside):
            _await(port)

    def away(self) -> None:
        """Nobody answers any more; what was taken before stays."""
        self._postfix("stop")

    def stop(self) -> None:
        self._postfix("stop")
        if self.dovecot:
            self.dovecot.terminate()
            self.dovecot.wait(20)

    def arrived(self, who: str, count: int = 1, *, seconds: float = 15) -> list[bytes]:
        """The messages in a mailbox, the oldest first, once there are that many; of an address the part before '@'."""
        ends = time.monotonic() + seconds
        while len(found := self._read(who)) < count and time.monotonic() < ends:
            time.sleep(0.05)
        return found

    def settled(self) -> None:
        """Whatever was taken has been delivered."""
        ends = time.monotonic() + 15
        while time.monotonic() < ends:
            queue = subprocess.run(
                ["postqueue", "-c", self.folder / "postfix", "-j"], capture_output=True, check=False
            )
            if not queue.stdout.strip():
                return
            time.sleep(0.1)

    def _read(self, who: str) -> list[bytes]:
        folder = self.folder / "mail" / who
        files = [one for part in ("new", "cur") for one in (folder / part).glob("*")]
        return [one.read_bytes() for one in sorted(files, key=lambda one: one.stat().st_mtime_ns)]

    def _postfix(self, word: str) -> None:
        subprocess.run(
            ["postfix", "-c", self.folder / "postfix", word], check=False, capture_output=True, timeout=60
        )

    def _configure_dovecot(self) -> None:
        run, mail = self.folder / "dovecot", self.folder / "mail"
        run.mkdir()
        mail.mkdir()
        shutil.chown(mail, "mail", "mail")
        (self.folder / "dovecot.conf").write_text(f"""
base_dir = {run}
state_dir = {run}
log_path = {self.folder}/dovecot.log
protocols = lmtp
listen = 127.0.0.1
ssl = no
mail_location = maildir:{mail}/%n
first_valid_uid = 1
postmaster_address = postmaster@arrives.example
passdb {{
  driver = static
  args = nopassword=y
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={mail}/%n allow_all_users=yes
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {self.inside}
  }}
}}
service anvil {{
  chroot =
}}
""")

    def _configure_postfix(self) -> None:
        at = self.folder / "postfix"
        at.mkdir()
        for name in ("postfix-files", "dynamicmaps.cf"):
            shutil.copy(f"/etc/postfix/{name}", at / name)
        for name in ("postfix-files.d", "dynamicmaps.cf.d"):
            if Path(f"/etc/postfix/{name}").exists():
                shutil.copytree(f"/etc/postfix/{name}", at / name)
        whole = Path("/usr/share/postfix/master.cf.dist")
        lines = (whole if whole.exists() else Path("/etc/postfix/master.cf")).read_text().splitlines()
        ours = [f"127.0.0.1:{self.port} inet n - n - - smtpd" if one.startswith("smtp ") and "inet" in one else one
                for one in lines]  # fmt: skip
        # Without chroot: its folder has no /etc.
        ours = [
            one.replace("       y       ", "       n       ") if not one.startswith("#") else one
            for one in ours
        ]
        program = at / "nobody"
        program.write_text("#!/bin/sh\nexit 67\n")  # no such person
        program.chmod(0o755)
        nobody = f"broken unix - n n - - pipe user=nobody argv={program}"
        (at / "master.cf").write_text("\n".join([*ours, nobody]) + "\n")
        (at / "refused").write_text(
            "gone@refuses.example 550 5.1.1 No such person\nlater@refuses.example 450 4.2.0 Not now\n"
        )
        (at / "broken").write_text("breaks.example broken:\n")
        spool, data = self.folder / "spool", self.folder / "data"
        spool.mkdir()
        data.mkdir()
        shutil.chown(data, "postfix")
        log = Path(f"/var/log/{self.folder.name}.log")
        (at / "main.cf").write_text(f"""
compatibility_level = 3.6
queue_directory = {spool}
data_directory = {data}
myhostname = mail.arrives.example
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
virtual_mailbox_domains = arrives.example, refuses.example, example.org, localhost
virtual_transport = lmtp:inet:127.0.0.1:{self.inside}
transport_maps = texthash:{at}/broken
relay_domains = breaks.example
default_transport = error:no outside mail
smtpd_recipient_restrictions = check_recipient_access texthash:{at}/refused, permit_mynetworks, reject
smtpd_relay_restrictions = permit_mynetworks, reject
maillog_file = {log}
alias_maps =
alias_database =
local_recipient_maps =
""")


def _await(port: int) -> None:
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(f"nothing listens on port {port}")


@contextmanager
def mail_server_started() -> Iterator[MailServer]:
    """Up until the block ends; skipped where the programs are missing, or this user may not start them."""
    if os.geteuid() != 0 or not all(shutil.which(one) for one in NEEDED):
        pytest.skip(f"a real mail server needs root and {', '.join(NEEDED)}")
    folder = Path(tempfile.mkdtemp(prefix="onevoice-mail-"))
    folder.chmod(0o755)
    server = MailServer(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        Path(f"/var/log/{folder.name}.log").unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
