"""The same conversation as each system exports it: a question, its answer above it, spam, and a deleted one.

The answer comes first in every file. `ADDRESS` is where readers found the article.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from contextlib import closing
from pathlib import Path

ADDRESS = "https://old.example.org/articles/why-the-kettle-whistles/"

DISQUS = f"""<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<thread dsq:id="7"><id>kettle</id><link>{ADDRESS}?utm=1</link><title>Kettle</title></thread>
<thread dsq:id="8"><id>gone</id><link>https://old.example.org/gone/</link></thread>
<post dsq:id="2"><message><![CDATA[<p>It does, <b>mostly</b>.</p>]]></message>
<createdAt>2019-05-02T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><email>ben@example.org</email><name>Ben</name><isAnonymous>false</isAnonymous><username>ben</username></author>
<ipAddress>203.0.113.9</ipAddress><thread dsq:id="7"/><parent dsq:id="1"/></post>
<post dsq:id="1"><message><![CDATA[<p>Does it whistle?</p>]]></message>
<createdAt>2019-05-01T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><email>ada@example.org</email><name>Ada</name><isAnonymous>false</isAnonymous><username>ada</username></author>
<ipAddress>203.0.113.8</ipAddress><thread dsq:id="7"/></post>
<post dsq:id="3"><message><![CDATA[<p>Buy pills</p>]]></message>
<createdAt>2019-05-03T10:00:00Z</createdAt><isDeleted>false</isDeleted><isSpam>true</isSpam>
<author><name>Pill</name><isAnonymous>true</isAnonymous></author><thread dsq:id="7"/></post>
<post dsq:id="4"><message></message>
<createdAt>2019-05-04T10:00:00Z</createdAt><isDeleted>true</isDeleted><isSpam>false</isSpam>
<author><name>Ada</name><isAnonymous>false</isAnonymous><username>ada</username></author><thread dsq:id="7"/></post>
</disqus>
"""


def wordpress(number: str, parent: str, name: str, text: str, day: str, approved: str, kind: str = "comment") -> str:
    return f"""<wp:comment><wp:comment_id>{number}</wp:comment_id>
<wp:comment_author><![CDATA[{name}]]></wp:comment_author>
<wp:comment_author_email>{name.lower()}@example.org</wp:comment_author_email>
<wp:comment_author_IP>203.0.113.8</wp:comment_author_IP><wp:comment_date>{day} 12:00:00</wp:comment_date>
<wp:comment_date_gmt>{day} 10:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved>{approved}</wp:comment_approved><wp:comment_type>{kind}</wp:comment_type>
<wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id></wp:comment>
"""


WXR = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Old</title><item>
<title>Kettle</title><link>{ADDRESS}</link><guid>https://old.example.org/?p=5</guid><wp:post_id>5</wp:post_id>
{wordpress("2", "1", "Ben", "It does, <b>mostly</b>.", "2019-05-02", "1")}
{wordpress("1", "0", "Ada", "Does it whistle?", "2019-05-01", "1")}
{wordpress("3", "0", "Pill", "Buy pills", "2019-05-03", "spam")}
{wordpress("4", "0", "Ada", "Never mind", "2019-05-04", "trash")}
{wordpress("5", "0", "Bot", "[...]", "2019-05-04", "1", "pingback")}
</item></channel></rss>
"""

ISSO_JSON = json.dumps(
    [
        {
            "id": "/articles/why-the-kettle-whistles/",
            "comments": [
                {
                    "id": 2,
                    "parent": 1,
                    "author": "Ben",
                    "text": "It does, <b>mostly</b>.",
                    "created": "2019-05-02 10:00:00",
                },
                {"id": 1, "author": "Ada", "text": "Does it whistle?", "created": "2019-05-01 10:00:00"},
                {"id": 3, "mode": 2, "author": None, "text": "Buy pills", "created": "2019-05-03 10:00:00"},
                {"id": 4, "mode": 4, "author": "Ada", "text": "", "created": "2019-05-04 10:00:00"},
            ],
        }
    ]
)

REMARK = [
    {"version": 1, "users": [{"id": "github_pill", "blocked": {"status": True}}], "posts": []},
    *(
        {
            "id": number,
            "pid": parent,
            "text": f"<p>{text}</p>",
            "orig": orig,
            "time": f"2019-05-0{number}T10:00:00.123456789Z",
        }
        | {
            "user": {"name": name, "id": f"github_{name.lower()}", "ip": "203a"},
            "locator": {"site": "x", "url": ADDRESS},
        }
        | more
        for number, parent, name, text, orig, more in [
            ("2", "1", "Ben", "It does", "It does, **mostly**.", {"votes": {"a": True, "b": True, "c": False}}),
            ("1", "", "Ada", "Does it whistle?", "Does it whistle?", {}),
            ("3", "", "Pill", "Buy pills", "Buy pills", {}),
            ("4", "", "Ada", "", "", {"delete": True}),
        ]
    ),
]


def disqus(folder: Path) -> Path:
    return _written(folder / "disqus.xml", DISQUS.encode())


def wxr(folder: Path) -> Path:
    return _written(folder / "site.xml", WXR.encode())


def isso_json(folder: Path) -> Path:
    return _written(folder / "isso.json", ISSO_JSON.encode())


def remark42(folder: Path) -> Path:
    return _written(folder / "backup.gz", gzip.compress("\n".join(map(json.dumps, REMARK)).encode()))


def isso(folder: Path) -> Path:
    path = folder / "comments.db"
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(
            """
            CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256));
            CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,
                created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR, author VARCHAR,
                email VARCHAR, website VARCHAR, likes INTEGER DEFAULT 0, dislikes INTEGER DEFAULT 0, voters BLOB);
            INSERT INTO threads VALUES (1, '/articles/why-the-kettle-whistles/', 'Kettle');
            """
        )
        rows = [
            (1, None, 1556704800.0, 1, "Does it whistle?", "Ada", "ada@example.org", 0),
            (2, 1, 1556791200.0, 1, "It does, **mostly**.", "Ben", "ben@example.org", 2),
            (3, None, 1556877600.0, 2, "Buy pills", None, None, 0),
            (4, None, 1556964000.0, 4, "", None, None, 0),
        ]
        database.executemany(
            "INSERT INTO comments (tid, id, parent, created, mode, text, author, email, likes, remote_addr)"
            " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, '203.0.113.8')",
            rows,
        )
    return path


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
