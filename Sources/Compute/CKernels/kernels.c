// Chooses the processor level at start.
#include "CKernels.h"
#include <string.h>

extern const aek_kernels aek_kernels_base;
#if defined(__x86_64__)
extern const aek_kernels aek_kernels_v3, aek_kernels_v4;
#endif

const aek_kernels *aek_kernels_for(const char *level) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    const int v4 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    const int v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi")
        && __builtin_cpu_supports("bmi2");
    if (v4 && (!level || !strcmp(level, "v4"))) return &aek_kernels_v4;
    if (v3 && (!level || !strcmp(level, "v3"))) return &aek_kernels_v3;
#endif
    return !level || !strcmp(level, "base") ? &aek_kernels_base : NULL;
}

size_t aek_convolution_scratch(const aek_convolution *c) {
    // A vector a weight, for the gradient's sums; the other kernels' packed weights need less.
    return (size_t)AEK_LANES * c->small_channels * c->large_channels * c->kernel_height * c->kernel_width;
}

size_t aek_convolution_image_scratch(const aek_convolution *c) {
    // Enough for either direction: biases, weights and rows of both maps, channels in whole vectors.
    const size_t large = (c->large_channels + AEK_LANES - 1) / AEK_LANES * AEK_LANES, small = (c->small_channels + AEK_LANES - 1) / AEK_LANES * AEK_LANES;
    const size_t large_map = (size_t)c->large_channels * c->large_height * c->large_width;
    const size_t small_map = (size_t)c->small_channels * c->small_height * c->small_width;
    return large + small + large * small * c->kernel_height * c->kernel_width + AEK_LANES * (large_map + small_map);
}
