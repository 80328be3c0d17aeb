// The kernels for every processor of the architecture: 128-bit vectors.
#include "CKernels.h"
#include <math.h>
#include <string.h>


#define AEK_TABLE aek_kernels_base
#define AEK_NAME "base"
#if defined(__aarch64__)
#define AEK_TILE 6 // accumulators of 16 floats that the registers hold
#else
#define AEK_TILE 3
#endif

#include "table.inc"

