"""What would keep people from working together on a hub, and what to do about it. Nothing is changed.

fault        one such thing
folder       a team folder: who may enter, read and write it, and what new files in it become
environment  where Jupyter's servers run: the tile, the settings, versions, the kernel
"""

from speckit.jupyter.hub.doctor.environment import examine_environment
from speckit.jupyter.hub.doctor.fault import Fault
from speckit.jupyter.hub.doctor.folder import examine_folder

__all__ = ["Fault", "examine_environment", "examine_folder"]
