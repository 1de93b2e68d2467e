// SHA-256 from libmd, which Debian's libedit brings along.
#include <sys/types.h>
#include <sha2.h>
