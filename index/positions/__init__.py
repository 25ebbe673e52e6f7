"""Measuring positions: hand codes in, estimates with their uncertainty out.

`codes` (one value per utterance) -> `estimates` (means, intervals, labels) -> `timeline` (what the plot shows). Beside them
stands what the analyst may ask for: `agreement`, `coding` (the order of the queue), `suggestions`, the text indicators
`wordscores` and `dictionary`, `changepoints`, `smoothing`, and `phrases` (watch phrases). Pure functions; numpy is
imported only by those that need it, when they run.
"""
