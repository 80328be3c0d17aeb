// libpng's simplified API needs nothing that Swift cannot import: its errors come back as values, so no longjmp crosses a Swift frame.
#include <png.h>
