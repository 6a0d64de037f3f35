"""Almanac itself, measured. Importing this starts Django on what `benchmarks` has prepared."""

import django

django.setup()
