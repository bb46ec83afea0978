"""Uploads that stop at the limit while they arrive. In: a view and a number of bytes. Out: the view, with `request.too_large`.

The limit is set before anybody reads the form, so the check against forged requests comes after it: a view wrapped here is checked here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect

View = Callable[..., HttpResponse]
WORDS = 1_000_000
"""What the fields of a form and the frames around its files may take besides."""


class LimitedUpload(FileUploadHandler):
    """Counts; at the limit it drops the file, and the rest of the request is read without being kept."""

    def __init__(self, request: Any, limit: int) -> None:
        super().__init__(request)
        self.limit, self.size = limit, 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Each file counts for itself."""
        super().new_file(*args, **kwargs)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass it on while there is room."""
        self.size += len(raw_data)
        if self.size > self.limit:
            self.request.too_large = self.file_name  # type: ignore[union-attr]  # read by the view
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler makes the file."""
        return None


def limited_upload(limit: Callable[[], int], whole: Callable[[], int] | None = None) -> Callable[[View], View]:
    """limit: of one file; whole: of all files of a form, the same where not given. Both are asked at each request.

    A body that says that it is longer is refused before it is read; one that does not say so (chunked) stops while it arrives."""
    def wrap(view: View) -> View:
        checked = csrf_protect(view)

        @csrf_exempt
        @wraps(view)
        def limited(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            most, length = (whole or limit)(), request.META.get("CONTENT_LENGTH") or ""
            if length.isdecimal() and int(length) > most + WORDS:
                return render(request, "413.html", {"size": f"{int(length) / 1_000_000:.1f}", "most": most // 1_000_000}, status=413)
            request.too_large = None
            request.upload_handlers.insert(0, LimitedUpload(request, limit()))
            return checked(request, *args, **kwargs)
        return limited
    return wrap
