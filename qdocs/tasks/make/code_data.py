"""Which Python snippets does the code task ask about?"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Prints:
    """Snippets by level, each ending in the `print` asked about, with `<slots>` to fill."""

    group: str
    levels: tuple[str, str, str]


@dataclass(frozen=True)
class Flawed:
    """A program of four lines, each of which ends in a function's call, and the question which of them raises `{error}`."""

    group: str
    question: str
    lines: tuple[str, str, str, str]


WORDS = {
    "word": "red blue green black white brown cat dog fish bird horse cow bread milk tea rice tree house road river".split(),
    "n": list("123456789"),
    "s": list("1234"),
    "m": list("23"),
    "i": list("012"),
    "j": list("123"),
    "t": list("12"),
    "bit": list("01"),
    "items": [", ".join(str(n) for n in range(start, start + size)) for start in range(1, 7) for size in range(2, 6)],
    "ones": "1, 2|2, 1|1, 1|2, 2|1, 2, 2|2, 1, 2|1, 1, 2|2, 1, 1|1, 2, 1|1, 1, 1|2, 2, 2|1, 2, 1, 1".split("|"),
    "vowel": list("aeo"),
    "big": list("6789"),
    "name": list("abcdxyz"),
    "list": "items values things data row".split(),
    "function": "f g h go work change".split(),
    "unknown": "other extra thing final hidden".split(),
}

_FOUR = '["<word>", "<word2>", "<word3>", "<word4>"]'

PRINTS = [
    Prints(
        "assign",
        (
            "<name> = <n>\n<name2> = <n2>\nprint(<name>)",
            "<name> = <n>\n<name2> = <n2>\n<name> = <name2>\nprint(<name>)",
            "<name>, <name2> = <n>, <n2>\n<name>, <name2> = <name2>, <name>\nprint(<name>)",
        ),
    ),
    Prints(
        "assign-words",
        (
            '<name>, <name2>, <name3>, <name4> = "<word>", "<word2>", "<word3>", "<word4>"\nprint(<name3>)',
            '<name> = "<word>"\n<name2> = "<word2>"\n<name3> = "<word3>"\n<name> = "<word4>"\nprint(<name>)',
            '<name> = "<word>"\n<name2> = "<word2>"\n<name3> = "<word3>"\n<name2> = "<word4>"\n<name> = <name2>\nprint(<name>)',
        ),
    ),
    Prints(
        "add",
        (
            "<name> = <s>\nprint(<name> + <s2>)",
            "<name> = <s>\n<name2> = <name> + <s2>\nprint(<name2>)",
            "<name> = <s>\n<name> = <name> + <s2>\n<name2> = <name> + <m>\nprint(<name2>)",
        ),
    ),
    Prints(
        "subtract",
        (
            "<name> = <big>\nprint(<name> - <s>)",
            "<name> = <big>\n<name2> = <name> - <s>\nprint(<name2>)",
            "<name> = <big>\n<name> = <name> - <s>\n<name2> = <name> - 1\nprint(<name2>)",
        ),
    ),
    Prints(
        "multiply",
        (
            "<name> = <s>\nprint(<name> * <m>)",
            "<name> = <m>\n<name2> = <name> * <s>\nprint(<name2>)",
            "<name> = <m>\n<name2> = <name> * <s>\nprint(<name2> - 1)",
        ),
    ),
    Prints(
        "index-words",
        (
            f"<list> = {_FOUR}\nprint(<list>[0])",
            f"<list> = {_FOUR}\nprint(<list>[<j>])",
            f"<list> = {_FOUR}\n<name> = <i>\nprint(<list>[<name> + 1])",
        ),
    ),
    Prints(
        "index-end",
        (
            f"<list> = {_FOUR}\nprint(<list>[-1])",
            f"<list> = {_FOUR}\nprint(<list>[-<j>])",
            f"<list> = {_FOUR}\n<list>.pop()\nprint(<list>[-<m>])",
        ),
    ),
    Prints(
        "index-numbers",
        (
            "<list> = [<n>, <n2>, <n3>, <n4>]\nprint(<list>[0])",
            "<list> = [<n>, <n2>, <n3>, <n4>]\nprint(<list>[<j>])",
            "<list> = [<n>, <n2>, <n3>, <n4>]\n<list>[<i>] = <n5>\nprint(<list>[<i>])",
        ),
    ),
    Prints(
        "length-list",
        (
            "<list> = [<items>]\nprint(len(<list>))",
            "<list> = [<items>]\n<list>.append(<n>)\nprint(len(<list>))",
            "<list> = [<items>]\n<list>.append(<n>)\n<list>.append(<n2>)\nprint(len(<list>))",
        ),
    ),
    Prints(
        "length-word",
        (
            'print(len("<word>"))',
            '<name> = "<word>"\nprint(len(<name>) + 1)',
            '<name> = "<word>" + "s" * <m>\nprint(len(<name>))',
        ),
    ),
    Prints(
        "largest",
        (
            "print(max(<n>, <n2>))",
            "<list> = [<n>, <n2>, <n3>, <n4>]\nprint(max(<list>))",
            "<list> = [<n>, <n2>, <n3>, <n4>]\n<list>.append(<n5>)\nprint(max(<list>))",
        ),
    ),
    Prints(
        "smallest",
        (
            "print(min(<n>, <n2>))",
            "<list> = [<n>, <n2>, <n3>, <n4>]\nprint(min(<list>))",
            "<name> = min(<n>, <n2>)\n<name2> = min(<n3>, <n4>)\nprint(min(<name>, <name2>))",
        ),
    ),
    Prints(
        "dictionary-numbers",
        (
            '<list> = {"<word>": <n>, "<word2>": <n2>, "<word3>": <n3>}\nprint(<list>["<word2>"])',
            '<list> = {"<word>": <n>, "<word2>": <n2>}\n<list>["<word>"] = <n3>\nprint(<list>["<word>"])',
            '<list> = {"<word>": <n>, "<word2>": <n2>, "<word3>": <n3>}\n<name> = "<word3>"\nprint(<list>[<name>])',
        ),
    ),
    Prints(
        "dictionary-words",
        (
            '<list> = {1: "<word>", 2: "<word2>", 3: "<word3>", 4: "<word4>"}\nprint(<list>[<s>])',
            '<list> = {<n>: "<word>", <n2>: "<word2>", <n3>: "<word3>", <n4>: "<word4>"}\nprint(<list>[<n3>])',
            '<list> = {1: "<word>", 2: "<word2>", 3: "<word3>", 4: "<word4>"}\n<name> = <i>\nprint(<list>[<name> + 1])',
        ),
    ),
    Prints(
        "keywords",
        (
            '<list> = dict(<name>="<word>", <name2>="<word2>", <name3>="<word3>")\nprint(<list>["<name2>"])',
            '<list> = dict(<name>="<word>", <name2>="<word2>")\n<list>["<name>"] = "<word3>"\nprint(<list>["<name>"])',
            '<list> = dict(<name>="<word>", <name2>="<word2>", <name3>="<word3>")\n'
            '<list>["<name3>"] = <list>["<name>"]\nprint(<list>["<name3>"])',
        ),
    ),
    Prints(
        "attributes",
        (
            'class Box:\n    <name> = "<word>"\n    <name2> = "<word2>"\nprint(Box.<name2>)',
            "class Box:\n    <name> = <n>\n    <name2> = <n2>\nBox.<name> = <n3>\nprint(Box.<name>)",
            "class Box:\n    <name> = <n>\n    <name2> = <n2>\nBox.<name> = Box.<name2>\nprint(Box.<name>)",
        ),
    ),
    Prints(
        "defaults",
        (
            'def <function>(<name>="<word>", <name2>="<word2>"):\n    return <name2>\nprint(<function>())',
            'def <function>(<name>="<word>"):\n    return <name>\nprint(<function>("<word2>"))',
            'def <function>(<name>="<word>", <name2>="<word2>"):\n    return <name2>\nprint(<function>("<word3>"))',
        ),
    ),
    Prints(
        "branches",
        (
            '<name> = <n>\n<name2> = "<word>"\nif <name> > 4:\n    <name2> = "<word2>"\nprint(<name2>)',
            '<name> = <n>\n<name2> = "<word>"\nif <name> > 3:\n    <name2> = "<word2>"\nif <name> > 6:\n'
            '    <name2> = "<word3>"\nprint(<name2>)',
            '<name> = <s>\nif <name> == 1:\n    <name2> = "<word>"\nelif <name> == 2:\n    <name2> = "<word2>"\n'
            'else:\n    <name2> = "<word3>"\nprint(<name2>)',
        ),
    ),
    Prints(
        "loop-sum",
        (
            "<name> = 0\nfor <name2> in [<s>, <s2>]:\n    <name> += <name2>\nprint(<name>)",
            "<name> = 0\nfor <name2> in [1, <s>, <m>]:\n    <name> += <name2>\nprint(<name>)",
            "<name> = 1\nfor <name2> in range(<s>):\n    <name> += <m>\nprint(<name>)",
        ),
    ),
    Prints(
        "count",
        (
            "<list> = [<ones>]\nprint(<list>.count(1))",
            "<list> = [<ones>, <ones2>]\nprint(<list>.count(2))",
            '<name> = "<word> <word2>"\nprint(<name>.count("<vowel>"))',
        ),
    ),
    Prints(
        "function-add",
        (
            "def <function>(<name>):\n    return <name> + <s>\nprint(<function>(<s2>))",
            "def <function>(<name>, <name2>):\n    return <name> + <name2>\nprint(<function>(<s>, <s2>))",
            "def <function>(<name>):\n    return <name> + <m>\nprint(<function>(<function>(<s>)))",
        ),
    ),
    Prints(
        "function-words",
        (
            'def <function>():\n    return "<word>"\n<name> = "<word2>"\nprint(<function>())',
            'def <function>(<name>, <name2>):\n    return <name2>\nprint(<function>("<word>", "<word2>"))',
            "def <function>(<name>, <name2>, <name3>, <name4>):\n    return <name3>\n"
            'print(<function>("<word>", "<word2>", "<word3>", "<word4>"))',
        ),
    ),
    Prints(
        "sorted",
        (
            "print(sorted([<n>, <n2>, <n3>])[0])",
            "<list> = sorted([<n>, <n2>, <n3>, <n4>])\nprint(<list>[-1])",
            "<list> = sorted([<n>, <n2>, <n3>, <n4>])\nprint(<list>[<j>])",
        ),
    ),
    Prints(
        "letter",
        (
            'print("<word>"[0])',
            '<name> = "<word>"\nprint(<name>[-1])',
            '<name> = "<word>"\nprint(<name>[<t>])',
        ),
    ),
    Prints(
        "split",
        (
            'print("<word> <word2> <word3> <word4>".split()[0])',
            '<list> = "<word> <word2> <word3> <word4>".split()\nprint(<list>[<j>])',
            '<list> = "<word>,<word2>,<word3>,<word4>".split(",")\nprint(<list>[-<m>])',
        ),
    ),
    Prints(
        "nested",
        (
            "<list> = [[<n>, <n2>], [<n3>, <n4>]]\nprint(<list>[0][0])",
            "<list> = [[<n>, <n2>], [<n3>, <n4>]]\nprint(<list>[1][0])",
            "<list> = [[<n>, <n2>], [<n3>, <n4>]]\n<name> = <list>[1]\nprint(<name>[<bit>])",
        ),
    ),
    Prints(
        "while",
        (
            "<name> = <s>\nwhile <name> < <big>:\n    <name> += 1\nprint(<name>)",
            "<name> = <big>\nwhile <name> > <s>:\n    <name> -= 1\nprint(<name>)",
            "<name> = <s>\nwhile <name> < <big>:\n    <name> += 2\nprint(<name>)",
        ),
    ),
]

FLAWED = [
    Flawed(
        "wrong-numbers",
        "{error}. The error is in line",
        (
            '<name> = int("<n>")',
            '<name2> = len("<word>")',
            "<name3> = max(<name>, <name2>)",
            "print(<name3>)",
        ),
    ),
    Flawed(
        "wrong-lists",
        "{error}\nLine with the mistake:",
        (
            "<list> = range(<big>)",
            "<name> = sum(<list>)",
            "<name2> = len(<list>)",
            "print(<name>, <name2>)",
        ),
    ),
    Flawed(
        "wrong-words",
        "# {error}\nWhich line fails? Line",
        (
            'print("<word>")',
            '<name> = str("<word2>")',
            "<name2> = sorted(<name>)",
            "print(<name>, <name2>)",
        ),
    ),
    Flawed(
        "wrong-steps",
        "# This program fails: {error} in line",
        (
            "<name> = min(<n>, <n2>)",
            "print(<name>)",
            "<name2> = float(<name>)",
            "<name3> = round(<name2>)",
        ),
    ),
]
