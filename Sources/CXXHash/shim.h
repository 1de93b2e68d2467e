// XXH3, compiled into what uses it.
#define XXH_INLINE_ALL
#include <xxhash.h>

static inline uint64_t khabar_xxh3(const void *bytes, size_t count) {
  return XXH3_64bits(bytes, count);
}
