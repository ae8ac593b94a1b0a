"""``salus``: the entry point, so light that Ctrl-C is heard almost from the first moment on."""

import sys


def main() -> None:
    """Run ``salus`` with the arguments of this process, and exit."""
    try:
        from salus.cli.process import begin  # noqa: PLC0415  # Ctrl-C may come while it loads

        begin()
        from salus.cli.outermost import run  # noqa: PLC0415  # likewise

        code = run(sys.argv[1:])
    except KeyboardInterrupt as error:
        from salus.cli.outermost import advise, words_for  # noqa: PLC0415  # it was not loaded yet

        code = advise(error, words_for(sys.argv[1:]), sys.argv[1:])
    from salus.cli.process import end  # noqa: PLC0415  # likewise

    end(code)
