# %% [markdown]
# # Attention by hand
#
# One query looks up three keys. Every number is small enough to check with a pencil: a dot product says how well a key
# fits, softmax turns fits into shares, and the answer is the values mixed in these shares.

# %%
# --8<-- [start:attend]
from math import exp, sqrt


def dot(a, b):
    """The products of the entries of two vectors, added up."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def softmax(scores):
    """Positive shares that add up to 1; more for a larger score."""
    raised = [exp(score - max(scores)) for score in scores]
    return [one / sum(raised) for one in raised]


def attend(query, keys, values):
    """Mix the values in the shares in which keys fit the query."""
    scores = [dot(query, key) / sqrt(len(query)) for key in keys]
    shares = softmax(scores)
    mixed = [dot(shares, one) for one in zip(*values, strict=True)]
    return scores, shares, mixed


# --8<-- [end:attend]

# %% [markdown]
# The text so far is *the red parcel*, and its last token asks: what is there to know of what comes before me? Each
# token offers a key, what it can be found by, and a value, what it has to say. Here the first place stands for *things*
# and the second for *colours*.

# %%
# --8<-- [start:lookup]
TOKENS = ("the", "red", "parcel")
KEYS = ((0.0, 0.0), (0.0, 2.0), (2.0, 0.0))
VALUES = ((0.0, 0.0), (0.0, 1.0), (1.0, 0.0))
QUERY = (1.0, 3.0)  # asks mostly for colours

scores, shares, mixed = attend(QUERY, KEYS, VALUES)
print("token    score  share")
for token, score, share in zip(TOKENS, scores, shares, strict=True):
    print(f"{token:<8}{score:>6.2f}{share:>7.3f}")
print("mixed value:", [round(entry, 3) for entry in mixed])
# --8<-- [end:lookup]

# %% [markdown]
# Whoever writes text may not look ahead. So each token attends to itself and to what came before it: the mask of a
# language model. It also means that keys and values of earlier tokens never change, and can be kept.

# %%
# --8<-- [start:mask]
print("\nattends to" + "".join(f"{token:>8}" for token in TOKENS))
for at, token in enumerate(TOKENS):
    _, shares, _ = attend(QUERY, KEYS[: at + 1], VALUES[: at + 1])
    row = "".join(f"{share:>8.3f}" for share in shares)
    print(f"{token:<10}{row}" + "       -" * (len(TOKENS) - at - 1))
# --8<-- [end:mask]
