#!/usr/bin/env python
"""Run Django's administrative commands."""

import os
import sys

from django.core.management import execute_from_command_line

# What serves people has time-outs on its statements; migrations and bulk commands have none.
IS_HURRIED = sys.argv[1:2] in (["work"], ["runserver"])

if __name__ == "__main__":
    os.environ.setdefault("DATABASE_PATIENT", "0" if IS_HURRIED else "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    execute_from_command_line(sys.argv)
