"""Who is who: which names are one actor, which may be (a person decides), and which must be kept apart. Pure: no database.

`names` folds the spellings of a name into a key; equal keys are linked by the program itself. `cards` takes a name apart
and compares two, `lone_names` says whose a surname alone may be, `proposals` gathers the pairs that may be one, `groups`
the pairs around the actor to keep, and `apart` warns of two that had better not be merged.
"""
