// Deflated data: gzip and zip.
#include <zlib.h>
