@rem The start script says exec, so that POSIX shells hand npm's signals on. Windows has no such word; here it means: run.
@%*
