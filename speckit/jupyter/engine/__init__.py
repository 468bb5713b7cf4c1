"""A papermill engine that forks a child a notebook from a warm parent: `papermill --engine speckit`.

    fork    ForkEngine, which papermill finds by its entry point
    client  papermill's client, for which a child that hangs or dies is an error of its cell
    kernel  the child as nbclient sees it: a kernel's manager, and what speaks to it
    parent  the warm parent, and forking it
    child   ipykernel's own kernel, in the child
    frames  a Jupyter message on a socket

The warm parent is the standard library's forkserver; it and its children end with the process that runs
papermill. Saving, progress and the record of an error are papermill's, reading what a kernel says is
nbclient's. What a child cannot do is left to a kernel, and the notebook and the log say so.
"""
