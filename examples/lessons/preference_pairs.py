# %% [markdown]
# # Preference pairs by hand
#
# A pair is two answers to one message, and which of them people chose. What a model makes of it is a margin: how much
# likelier it finds the chosen answer than the rejected one. DPO widens that margin, measured against a frozen copy of
# the model, the reference. The log-probabilities below are made up.

# %%
# --8<-- [start:margins]
from math import exp, log

# What was asked; log-probability of the chosen and of the rejected answer, in the model and in the reference.
PAIRS = (
    ("admits not knowing", -42.0, -40.0, -42.0, -40.0),
    ("polite refusal", -35.0, -38.0, -36.5, -36.0),
    ("keeps to the point", -30.0, -29.8, -30.2, -29.0),
    ("no flattery", -51.0, -47.0, -50.0, -48.5),
    ("follows the format", -22.0, -29.0, -24.0, -26.0),
)
BETA = 0.5  # how strictly the model is held near the reference


def margin(chosen, rejected):
    """How much likelier the chosen answer is, in nats; below 0 the rejected one is."""
    return chosen - rejected


def loss(gain):
    """DPO's loss: small where the margin has grown over the reference's, large where it has shrunk."""
    return log(1 + exp(-BETA * gain))


def push(gain):
    """How hard a training step pulls on the pair: nearly nothing once it is well apart."""
    return 1 / (1 + exp(BETA * gain))


# --8<-- [end:margins]

# %%
# --8<-- [start:table]
print(f"{'pair':<20}{'margin':>7}{'reference':>11}{'gain':>7}{'loss':>7}{'push':>7}")
for name, chosen, rejected, reference_chosen, reference_rejected in PAIRS:
    own, first = margin(chosen, rejected), margin(reference_chosen, reference_rejected)
    gain = own - first
    print(f"{name:<20}{own:>+7.1f}{first:>+11.1f}{gain:>+7.1f}{loss(gain):>7.2f}{push(gain):>7.2f}")
# --8<-- [end:table]
