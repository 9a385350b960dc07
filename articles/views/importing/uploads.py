"""What a request may bring along, decided before it is read."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

# The other fields of the form: the longest list of addresses, and the words around the parts.
_FIELDS_BYTES = 12_000_000
_DISCARDED_AT_ONCE = 1_000_000


class UploadBound(FileUploadHandler):
    """Lets the files of a request that is too large pass by unread; its other fields stay, to be shown again.

    It is put before the other handlers of a request whose body nobody has looked at yet.
    """

    def new_file(self, *args: object, **kwargs: object) -> None:
        if is_too_large(self.request):
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


def is_too_large(request: HttpRequest) -> bool:
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_MAX_BYTES + _FIELDS_BYTES


def discard_rest(request: HttpRequest) -> None:
    """Read what still comes: a browser that is cut off while it sends shows its own error and not our answer."""
    while request.read(_DISCARDED_AT_ONCE):
        pass
