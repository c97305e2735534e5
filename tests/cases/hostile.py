"""What a stranger might write into a story, in the hope that something evaluates it; all of it is only text."""

from __future__ import annotations

HACK = "window.hacked=1"
DEEP = "Deep:\n\n" + ">" * 200 + " deep\n\n" + "*" * 400 + "x" + "[" * 300 + "]" * 300
# what it tries: the Markdown
STORIES = {
    "script": f"<script>{HACK}</script>",
    "script in a code fence that ends early": f"```\n</code></pre><script>{HACK}</script>\n```",
    "event handlers": f'<img src=x onerror="{HACK}"><svg onload="{HACK}"></svg><body onload="{HACK}">',
    "inline svg": f'<svg xmlns="http://www.w3.org/2000/svg"><script>{HACK}</script><animate onbegin="{HACK}"/></svg>',
    "frames and forms": '<iframe src="https://evil.invalid"></iframe><form action="https://evil.invalid"><input>',
    "styles": '<style>@import url("https://evil.invalid/x.css"); body{display:none}</style><link rel=stylesheet>',
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.invalid"><base href="https://evil.invalid">',
    "math and templates": f'<math><mtext><template><img src=x onerror="{HACK}"></template></mtext></math>',
    "comment that opens": f"<!-- --!><script>{HACK}</script> -->",
    "entities": f"&lt;script&gt;{HACK}&lt;/script&gt; &#60;script&#62;{HACK}&#60;/script&#62;",
    "template expressions": "{{ 7*7 }} {% for x in [1] %}loop{% endfor %} {{ config }} {{ value('run.name') }} ${7*7}",
    "raw ends": "{% endraw %}{{ 7*191 }}{% raw %}",
    "macros of pages": '{{ chart("speed-size") }} {{ fix_url("x") }} {{ environment() }}',
    "snippets": '--8<-- "README.md"\n\n;--8<--\n\n--8<--\nREADME.md\n--8<--\n\n--8<-- "https://evil.invalid/x.md"',
    "attribute lists": f'A line.\n{{: onclick="{HACK}" style="position:fixed" }}\n\ntext {{: #hacked .md-header }}',
    "markdown extensions": '!!! danger "Look"\n    block\n\n/// html | script\n///\n\n*[abbr]: x\n\n[TOC]\n\n::: x',
    "html with markdown": '<div markdown="1">\n\n**b**\n\n</div>',
    "placeholders of fragments": "@base@ [x](https://example.org/@base@) \x01klzzwxh:0001\x01".replace("\x01", ""),
    "links by reference": f"[good]\n\n[good]: https://example.org/ok 'a\" onmouseover=\"{HACK}'",
    "link titles": f"[t](https://example.org/t 'x\" onclick=\"{HACK}')",
    "address in an address": '[q](https://example.org/?a="><script>window.hacked=1</script>)',
    "values": "[[../../secret]] [[{{7*7}}]] `[[int8wo.eager.speed]]` [[int8wo.eager.speed]",
    "deep nesting": DEEP,
    "a table in a table": "| <table> | {{ 7*7 }} |\n|---|---|\n| --8<-- | <script>window.hacked=1</script> |",
    "lines": "a\\\nb  \nc\r\nd",
}
