"""The settings of a benchmark that counts how often Django makes one page: a byte in COUNTED_IN for each."""

import os
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from benchmarks.settings import *  # noqa: F403
from benchmarks.settings import MIDDLEWARE

MIDDLEWARE = [*MIDDLEWARE, "benchmarks.counting.counted"]


def counted(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Return the innermost middleware, which every request passes that Django answers, from wherever it comes."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.path == os.environ["COUNTED_PATH"]:
            with open(os.environ["COUNTED_IN"], "ab", buffering=0) as file:
                file.write(b".")
        return get_response(request)

    return answer
