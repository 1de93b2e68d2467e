// Data packed by Zstandard.
#include <zstd.h>
