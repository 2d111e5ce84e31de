"""`python -m bot`: the same as `bugle`."""

import sys

from bot.cli import main

sys.exit(main())
