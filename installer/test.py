"""Set up everything and test it: `python3 installer/test.py`.

Linters, types and the law of arrows first, then pytest. With arguments only pytest runs, and gets them:
`python3 installer/test.py tests/base -k clock`.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from installer import python_version

if __name__ == "__main__":
    python_version.choose()  # before anything an older Python could not read

    from installer.check_all import main

    sys.exit(main(sys.argv[1:]))
