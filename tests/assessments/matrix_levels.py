"""The standard matrix as it is printed: impact 5 on top, probability 1 on the left."""

ROWS = ["HHCCC", "MMHCC", "LMMHC", "LLMMH", "LLLMM"]
WORDS = {"L": "low", "M": "medium", "H": "high", "C": "critical"}


def level_of(probability, impact):
    return WORDS[ROWS[5 - impact][probability - 1]]
