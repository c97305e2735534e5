# %% [markdown]
# # Byte pairs by hand
#
# A byte-pair tokenizer begins with single bytes. It finds the two that stand side by side most often in its training
# text, makes one token of them, and looks again. What it learns is the list of these merges, in order. A new text is
# encoded by the same merges: what the training text was full of becomes short, and everything else stays long.

# %%
# --8<-- [start:train]
import re
from collections import Counter
from itertools import pairwise

TEXT = (
    "The parcel is late. A late parcel is sent on the next plate. "
    "The train is late. Please wait for the parcel. "
    "Relate the number of the parcel, and we translate it later. "
    "The parcel is at the station, please wait."
)


def split(text):
    """Words, each with the space before it, as lists of bytes."""
    words = re.findall(r"\s?\w+|[^\w\s]", text)
    return [[bytes([byte]) for byte in word.encode()] for word in words]


def merge(word, pair):
    """Join the two tokens of a pair wherever they are neighbours."""
    joined = []
    for token in word:
        if joined and (joined[-1], token) == pair:
            joined[-1] += token
        else:
            joined.append(token)
    return joined


def train(text, many):
    """Learn merges: the most frequent pair, of equals the first one."""
    words, merges = split(text.lower()), []
    for _ in range(many):
        pairs = Counter(two for word in words for two in pairwise(word))
        merges.append(pairs.most_common(1)[0][0])
        words = [merge(word, merges[-1]) for word in words]
    return merges


# --8<-- [end:train]


# %%
# --8<-- [start:encode]
def encode(text, merges):
    """A text's bytes, joined by the merges in the order of learning."""
    words = split(text)
    for pair in merges:
        words = [merge(word, pair) for word in words]
    return [token for word in words for token in word]


# --8<-- [end:encode]


# %%
from textwrap import fill


def shown(token):
    """A token as people read it: `_` for a space, and bytes beyond the English alphabet in hexadecimal."""
    return token.decode().replace(" ", "_") if token.isascii() else token.hex()


merges = train(TEXT, 30)
print(fill("learnt: " + " ".join(shown(a + b) for a, b in merges), 38))
print("\nword        characters  bytes  tokens")
for word in (" parcel", " chocolate", " quick", " посылка"):
    tokens = encode(word, merges)
    print(f"{word.replace(' ', '_'):<12}{len(word):>10}{len(word.encode()):>7}{len(tokens):>8}")
    print(fill(" ".join(map(shown, tokens)), 38, initial_indent="  ", subsequent_indent="  "))
