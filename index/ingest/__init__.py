"""The import: paths to files, files to texts in processes of their own, texts to documents and statements in the library.

`run` is the import as a whole; `intake` finds the files and keeps the originals, `processes` and `worker` read them apart
from the program (`messages` is what the two say to each other, `confinement` what a reader may not do), `bundles` splits
files of many articles, `duplicates` tells copies, `reextraction` reads again after an update, `watching` looks at folders.
"""
