"""The first start of an installation, and every later one, on a single machine."""

import secrets
import socket

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from gunicorn.app.base import BaseApplication

from newsdesk.roles import ADMINISTRATOR, EDITOR, MODERATOR

FIRST_ACCOUNT = "editor"


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


class Server(BaseApplication):
    """gunicorn inside this process, so that whatever ends this process ends its workers too."""

    def __init__(self, host: str, port: int, *, ready):
        self.address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        self.ready = ready
        super().__init__()

    def load_config(self):
        self.cfg.set("bind", self.address)
        self.cfg.set("workers", 2)
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "warning")
        # It would lie in the home folder, outside NEWSDESK_DATA, and be shared by every instance of this user.
        self.cfg.set("control_socket_disable", True)
        self.cfg.set("when_ready", lambda arbiter: self.ready(f"http://{self.address}/"))

    def load(self):
        return get_wsgi_application()
