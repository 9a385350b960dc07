"""The first start of an installation, and every later one, on a single machine."""

import logging
import secrets
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from gunicorn.app.base import BaseApplication

from newsdesk.roles import ADMINISTRATOR, EDITOR, MODERATOR

logger = logging.getLogger(__name__)

FIRST_ACCOUNT = "editor"
# In seconds: how long a worker has to end by itself, what is waited before a new one, and after how much life of a
# worker the waiting begins anew.
_FAREWELL = 12
_SHORTEST_WAIT, _LONGEST_WAIT = 1, 60
_SETTLED = 60


@transaction.atomic
def create_first_account() -> str | None:
    """Make the account of a new installation and return its random password; None where anyone has an account."""
    User = get_user_model()
    if User.objects.exists():
        return None
    password = secrets.token_urlsafe(12)
    user = User.objects.create_user(FIRST_ACCOUNT, password=password, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=[EDITOR, MODERATOR, ADMINISTRATOR]))
    return password


def address_is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        # As the server itself will: a port whose last connections are still closing down is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class KeptWorker:
    """A worker beside the server, begun anew when it dies. It ends with this process, however that ends."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._begin()
        self._keeper.start()

    def stop(self) -> None:
        """Returns when it has ended. In a fork, which has forgotten it, there is nothing to stop."""
        if self._process is None:
            return
        self._over.set()
        self._keeper.join()
        process = self._process
        self.forget()
        try:
            process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def forget(self) -> None:
        """Close this process's end of the pipe that keeps the worker alive: for forks, which inherit it."""
        if self._process:
            self._process.stdin.close()
            self._process = None

    def _begin(self) -> None:
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "worker", "--while-parent-lives"]
        # In a session of its own, because Ctrl-C is for the server, which then ends it.
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def _keep(self) -> None:
        wait, begun = _SHORTEST_WAIT, time.monotonic()
        while not self._over.wait(1):
            if self._process.poll() is None:
                continue
            wait = _SHORTEST_WAIT if time.monotonic() - begun > _SETTLED else min(2 * wait, _LONGEST_WAIT)
            logger.warning("the worker ended; another is started in %d seconds", wait)
            if self._over.wait(wait):
                return
            self.forget()
            self._begin()
            begun = time.monotonic()


class Server(BaseApplication):
    """gunicorn inside this process, so that whatever ends this process ends its workers too.

    `ready` is called with the address once it serves; `forked` in each process that answers requests.
    """

    def __init__(self, host: str, port: int, *, ready: Callable[[str], None], forked: Callable[[], None]):
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.ready, self.forked = ready, forked
        super().__init__()

    def load_config(self):
        self.cfg.set("bind", self.address)
        self.cfg.set("workers", 2)
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "warning")
        # Of a search an address holds the words, six characters for each Arabic letter, and all that is chosen.
        self.cfg.set("limit_request_line", 8190)
        # It would lie in the home folder, outside NEWSDESK_DATA, and be shared by every instance of this user.
        self.cfg.set("control_socket_disable", True)
        self.cfg.set("when_ready", lambda arbiter: self.ready(f"http://{self.address}/"))
        self.cfg.set("post_fork", lambda arbiter, worker: self.forked())

    def load(self):
        return import_module("newsdesk.wsgi").application
