"""What it takes to bring a large site in: an export of WordPress, imported by the command, and imported again."""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from benchmarks.figures import ALMANAC, Figure, tell
from benchmarks.names import AGAIN, IMPORT_MEMORY, IMPORTED, NOT_IMPORTED
from benchmarks.running import ROOT

KB_IN_A_MB = 1024
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Kettles</title><link>https://kettles.example.org</link>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://kettles.example.org</wp:base_site_url>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Brook</wp:author_display_name></wp:author>
"""
PARAGRAPH = (
    "Water that boils makes steam, and steam needs room; a kettle lends it a small hole, through which it leaves the "
    "spout faster than anybody rides a bicycle, and the air in the spout begins to swing until it can be heard."
)
BODY = f"""<!-- wp:paragraph --><p>{PARAGRAPH}</p><!-- /wp:paragraph -->
<!-- wp:heading --><h2>What the whistle is</h2><!-- /wp:heading -->
<!-- wp:paragraph --><p>{PARAGRAPH} <a href="https://example.org/steam">More of it</a>.</p><!-- /wp:paragraph -->
<!-- wp:paragraph --><p><strong>Tip:</strong> Fill the kettle with what you need and no more.</p><!-- /wp:paragraph -->
<!-- wp:list --><ul><li>Warm the pot.</li><li>Wait for the steam.</li><li>Listen.</li></ul><!-- /wp:list -->
<!-- wp:quote --><blockquote><p>A whistle is steam that found a narrow way out.</p><cite>Dr. Ruth Lee, physicist</cite>
</blockquote><!-- /wp:quote -->
<!-- wp:table --><figure><table><thead><tr><th>Hole</th><th>Sound</th></tr></thead><tbody><tr><td>Small</td>
<td>Loud</td></tr><tr><td>Large</td><td>None</td></tr></tbody></table></figure><!-- /wp:table -->
<!-- wp:heading --><h2>What to do about it</h2><!-- /wp:heading --><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p>"""
POST = """<item><title>Why kettle {number} whistles</title><link>https://kettles.example.org/{number}/</link>
<dc:creator><![CDATA[ada]]></dc:creator><guid isPermaLink="false">https://kettles.example.org/?p={number}</guid>
<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date_gmt>2024-05-01 08:00:00</wp:post_date_gmt>
<wp:post_name>kettle-{number}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="sounds-{topic}"><![CDATA[Sounds {topic}]]></category>
<category domain="post_tag" nicename="steam"><![CDATA[Steam]]></category></item>
"""


def importing(articles: int) -> Iterator[Figure]:
    """Yield how many articles a second come in, how many of them again, in how much memory, and how many did not."""
    with tempfile.TemporaryDirectory(prefix="almanac-import-benchmark-") as folder:
        export = Path(folder) / "kettles.xml"
        with export.open("w", encoding="utf-8") as file:
            file.write(HEAD)
            file.writelines(POST.format(number=number, topic=number % 40, body=BODY) for number in range(articles))
            file.write("</channel></rss>\n")
        tell(f"Importing {articles:,} articles, {export.stat().st_size / 1e6:,.0f} MB")
        seconds, told = _run(export)
        yield Figure(of=ALMANAC, name=IMPORTED, value=articles / seconds, unit="a second")
        yield Figure(of=ALMANAC, name=NOT_IMPORTED, value=articles - told.get("created", 0), unit="")
        seconds, told = _run(export)
        yield Figure(of=ALMANAC, name=AGAIN, value=articles / seconds, unit="a second")
        yield Figure(of=ALMANAC, name=f"{NOT_IMPORTED} again", value=articles - told.get("unchanged", 0), unit="")
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / KB_IN_A_MB
    yield Figure(of=ALMANAC, name=IMPORT_MEMORY, value=held, unit="MB")


def _run(export: Path) -> tuple[float, dict[str, int]]:
    """Run the command and return the seconds that it took and how many entries became what."""
    command = [sys.executable, "manage.py", "import_articles", str(export), "--verbosity", "0"]
    start = perf_counter()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 (our own words)
    seconds = perf_counter() - start
    last = done.stdout.strip().rpartition("\n")[2]
    counts = {status: int(count.replace(",", "")) for count, status in re.findall(r"(\d[\d,]*) ([a-z]+)", last)}
    tell(json.dumps(counts) if counts else done.stderr[-1000:])
    return seconds, counts
