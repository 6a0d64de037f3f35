"""Almanac itself, measured. Importing this starts Django on what `benchmarks.responses` has prepared."""

import django

django.setup()
