import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsdesk.settings")
application = get_wsgi_application()

# Every view and what it imports is loaded now, and stays: the collector need not look through it again while a page is
# made, which took longer than the page.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
