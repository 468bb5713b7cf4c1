"""The kit on a hub: its tile in JupyterLab, team folders, links to a spec, and who chose what.

    install  the tile and the one setting that decks need, for an environment of Jupyter
    doctor   what of an environment or a team folder would keep people from working together
    share    a link that opens a spec's notebook on a hub
    matrix   who chose what, and why
    lab/     what JupyterLab loads, as text; the wheel ships it to share/jupyter

People share files, never a kernel or a document open in two browsers: each member has a server of their
own, and what is decided lies in the ledger beside the spec.
"""
