"""Which statements of a library report the same words: one utterance in several outlets, counted once. Pure functions.

`reports` holds what matters of a statement here, `groups` puts reports of the same words together, `described` says who
had them first and which version to cite, `conflicts` what they disagree about. `versions` is about other words: what
the same actor said before and after on the same matter.
"""
