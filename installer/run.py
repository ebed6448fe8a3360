"""Set up Akimat Desk once, then open it on a demo village: `python3 installer/run.py`.

With arguments it is the program itself: `python3 installer/run.py doctor --json`. On a PC without a screen the demo is
walked on a screen in memory, and its pictures and papers are left in the folder `tour`.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from installer import python_version

if __name__ == "__main__":
    python_version.choose()  # before anything an older Python could not read

    from installer.open_desk import main

    sys.exit(main(sys.argv[1:]))
