// The kernels for x86-64-v3: AVX2 and FMA.
#include "CKernels.h"
#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#define AEK_TABLE aek_kernels_v3
#define AEK_NAME "v3"
#define AEK_TILE 6 // accumulators of 16 floats that the registers hold
#pragma clang attribute push(__attribute__((target("arch=x86-64-v3"))), apply_to = function)
#include "table.inc"
#pragma clang attribute pop
#endif
