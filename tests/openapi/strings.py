"""Texts that break programs: what cannot be stored, what looks like code, what a screen or a spreadsheet acts on."""

UNSTORABLE = {
    "NUL": "before\x00after",
    "half a pair, high": "a\ud800b",
    "half a pair, low": "a\udfffb",
    "a pair the wrong way round": "\udc00\ud800",
}
"""Refused with 422, never more."""

STORABLE = {
    "control characters": "a\x01\x02\x07\x08\x1b\x7fb",
    "line ends": "a\r\nb\rc\nd\u2028e\u2029f",
    "invisible": "a\u200b\u200c\u200d\u2060\ufeff\u00adb",
    "right to left": "\u202eabc\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627",
    "composed and not": "caf\u00e9 cafe\u0301 \u1e9b\u0323 \ufb01",
    "many marks": "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d\u034f\u0334\u0319\u0324a\u0335\u0311l",
    "emoji": "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1fa\U0001f1f3 \U0001f44d\U0001f3ff",
    "last code points": "a\uffff\ufffe\U0010ffff\ue000b",
    "wide and Turkish": "\uff21\uff22 I\u0130\u0131i \u00df\u1e9e",
    "CJK": "\u7530\u4e2d\u3055\u3093 \ub85c\u3007 \U00020000",
    "SQL": "'; DROP TABLE clients; --",
    "SQL, quoted": "Robert\\'); SELECT pg_sleep(9)--\" $$ $1 %s %(x)s {0} {x}",
    "a pattern": "%_\\%[a-z]*(((((((((((((((a+)+)+$",
    "formula": '=HYPERLINK("http://x","y")',
    "formulas": "@SUM(1)|+1+1|-2+3|cmd!A0",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;&lt;",
    "template": "{{7*7}}${7*7}<%= 7*7 %>#{7*7}",
    "typst": '#eval("1") $x^2$ *b* _i_ @label <l> // ``` \\u{0}',
    "a path": "../../../../etc/passwd%00.png\\..\\..",
    "mail header": "a\r\nBcc: x@example.org\r\n\r\nb",
    "JSON": '{"a": [1, "\\u0000"]}\\',
    "nothing, in words": "null",
    "undefined": "undefined NaN -0 1e309 0x7f",
    "long": "\u00e4b" * 60,
}
"""Stored as they are, where they fit."""

TOO_LONG = "x" * 1_000_001
