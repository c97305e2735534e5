# %% [markdown]
# # Preference pairs by hand
#
# A pair is two answers to one message, and which of them people chose. What a model makes of it is a margin: how much
# likelier it finds the chosen answer than the rejected one. DPO widens that margin, measured against a frozen copy of
# the model, the reference. The log-probabilities below are made up.

# %%
# --8<-- [start:margins]
from math import exp, log

# What was asked; log-probability of the chosen and of the rejected
# answer, in the model and then in the reference.
PAIRS = (
    ("admits doubt", -42.0, -40.0, -42.0, -40.0),
    ("polite refusal", -35.0, -38.0, -36.5, -36.0),
    ("to the point", -30.0, -29.8, -30.2, -29.0),
    ("no flattery", -51.0, -47.0, -50.0, -48.5),
    ("right format", -22.0, -29.0, -24.0, -26.0),
)
BETA = 0.5  # how strictly the model is held near the reference


def margin(chosen, rejected):
    """How much likelier the chosen answer is, in nats; or below 0."""
    return chosen - rejected


def loss(gain):
    """DPO's loss: small if the margin grew, large if it shrank."""
    return log(1 + exp(-BETA * gain))


def push(gain):
    """How hard training pulls on it: little once it is well apart."""
    return 1 / (1 + exp(BETA * gain))


# --8<-- [end:margins]

# %%
# --8<-- [start:table]
print("pair           margin ref. gain loss push")
for name, chosen, rejected, *reference in PAIRS:
    own, first = margin(chosen, rejected), margin(*reference)
    gain = own - first
    told = f"{name:<15}{own:>+6.1f}{first:>+5.1f}{gain:>+5.1f}"
    print(f"{told}{loss(gain):>5.2f}{push(gain):>5.2f}")
# --8<-- [end:table]
