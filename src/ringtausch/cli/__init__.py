"""The command line: arguments in, one call of the library, tables and pictures out.

One file per family of commands: `scenario_commands` and `plan_commands`; `main` puts them together
and is the one place that turns what went wrong into an exit code.
"""
