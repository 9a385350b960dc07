from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from articles.importing.running import import_inputs
from articles.importing.sources import FILES
from articles.models import ImportRun, Source
from newsdesk.quickstart import FIRST_ACCOUNT, KeptWorker, Server, address_is_free, create_first_account


class Command(BaseCommand):
    help = "Prepare the database, import the sample pages on a first start, and serve, with a worker beside."

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, host, port, **options):
        if not address_is_free(host, port):
            raise CommandError(f"{host}:{port} is in use; stop what uses it, or choose another: make run PORT=8001")
        call_command("migrate", verbosity=0)
        if not ImportRun.objects.exists():
            report = import_inputs([settings.BASE_DIR / "fixtures"])
            # The samples were written for this project; what people will import without an outlet's name was not.
            Source.objects.exclude(key=FILES[0]).update(rights=Source.Rights.FULL)
            self.stdout.write(f"Sample pages imported: {report.created}")
        password = create_first_account()
        if password:
            self.stdout.write(f"Account: {FIRST_ACCOUNT}   Password: {password}   (shown only now)")
        connections.close_all()
        worker = KeptWorker()

        def serving(address):
            self.stdout.write(f"Newsdesk is serving on {address} (Ctrl-C stops it)")
            self.stdout.flush()
            worker.start()

        try:
            Server(host, port, ready=serving, forked=worker.forget).run()
        finally:
            worker.stop()
