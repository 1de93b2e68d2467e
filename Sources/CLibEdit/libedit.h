// libedit, the BSD line editor, from the package libedit-dev.
#include <histedit.h>
