// The inner loops of aekit, in C, one table of functions a processor level.
//
// Activations lie in blocks of 16 images: [block][feature][16], a feature map [block][channel][height][width][16].
// A "block stride" is the number of floats from one block to the next: 16 x features, or more where a view leaves features out.
// Every row of 16 floats is 64-byte aligned. Weights lie as PyTorch's and need no alignment.
#ifndef CKERNELS_H
#define CKERNELS_H

#include <stddef.h>
#include <stdint.h>

enum { AEK_LANES = 16, AEK_COLUMNS = 64, AEK_KERNEL_MAX = 15, AEK_PANEL = 8 };

// Sums over a batch. Its blocks are divided into runs, of which each is summed in order; the sums of runs are added in a binary tree,
// which parts n runs at the greatest power of two below n. Runs and tree are functions of the batch's size alone, so that a sum's bits
// depend neither on who computes which part of it nor on how many do; an aligned range of 2^k runs is a subtree, whose sum somebody
// else may have made.
//
// Whoever goes over the runs in order keeps a stack of sums that wait: after each run as many of them join as `aek_joins` says, the newest first.

enum { AEK_RUNS = 16, AEK_WAITING = 4 };

/// The runs of `blocks` blocks: one a block, up to AEK_RUNS.
static inline size_t aek_runs(size_t blocks) { return blocks < AEK_RUNS ? blocks : AEK_RUNS; }

/// The first block of a run, and for `run` = `runs` the end of the last one.
static inline size_t aek_run_start(size_t blocks, size_t runs, size_t run) { return run * blocks / runs; }

/// How many of the sums that wait are added to that of `run`, before it waits itself or, after the last run, is the whole; at most AEK_WAITING wait.
static inline size_t aek_joins(size_t run, size_t runs) {
    size_t joins = 0;
    if (run + 1 < runs) while (run >> joins & 1) joins++; // it completes a subtree of 2^joins runs
    else for (; run; run &= run - 1) joins++;             // all that wait, of which each is one bit's subtree
    return joins;
}

/// The functions of a number that a layer may apply to its result as it stores it, with their parameters a and b.
typedef enum {
    AEK_IDENTITY,
    AEK_RELU,       // max(x, 0)
    AEK_SIGMOID,    // 1 / (1 + e^-x)
    AEK_TANH,
    AEK_LEAKY_RELU, // x, or a x where x <= 0
    AEK_ELU,        // x, or a (e^x - 1) where x <= 0
    AEK_HARDTANH,   // x held to a...b
    AEK_SCALE,      // a x
    AEK_SOFTPLUS,   // log(1 + e^(a x)) / a, or x where a x > b
    AEK_SILU,       // x / (1 + e^-x)
    AEK_GELU,       // x Phi(x), Phi the standard normal distribution
    AEK_GELU_TANH   // x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2
} aek_function;

/// A function, and whether its gradient is made from its argument (else from its result, which needs no memory of the argument).
typedef struct {
    aek_function function;
    int32_t from_argument;
    float a, b;
} aek_activation;

/// A step of Adam: `rest1` and `rest2` are 1 - beta1 and 1 - beta2, rounded once, for in float 1 - 0.999f is 1.3e-5 off;
/// `rate` is learning rate / (1 - beta1^t), `scale` is 1 / sqrt(1 - beta2^t).
typedef struct {
    float beta1, beta2, rest1, rest2, epsilon, rate, scale;
} aek_adam;

/// A convolution between a large map and a small map, W [small channels][large channels][kernel height][kernel width]:
/// Conv2d maps large to small, ConvTranspose2d small to large, with the same weights layout and the same three kernels.
/// Kernel and stride are at most AEK_KERNEL_MAX. A tap of the kernel is `dilation` positions of the large map after the one before.
typedef struct {
    int32_t large_channels, large_height, large_width;
    int32_t small_channels, small_height, small_width;
    int32_t kernel_height, kernel_width, stride_height, stride_width, padding_height, padding_width, dilation_height, dilation_width;
} aek_convolution;

/// A batch normalisation with the activation after it: activation(x scale[c] + shift[c]), of x with mean[c].
typedef struct {
    size_t channels, area;
    const float *mean, *scale, *shift;
    aek_activation activation;
} aek_normalization;

/// Groups of channels [groups][channels][area] of which each image's are normalised by its own mean and variance, then scaled and shifted, then
/// activated: activation((x - mean) / sqrt(variance + epsilon) weight + bias). weight and bias, either of which may be NULL, have one number a
/// channel, or, where they are `shared`, one a channel of a group, the same for all groups.
typedef struct {
    size_t groups, channels, area;
    const float *weight, *bias;
    float epsilon;
    int32_t shared;
    aek_activation activation;
} aek_group_normalization;

/// What an output position of a pool reads along an axis: every `step`-th source position of first..<end. An average divides by the product of the
/// divisors of both axes.
typedef struct {
    int32_t first, end, step;
    float divisor;
} aek_window;

/// Pooling of maps [height][width], with a window for every row and column of the output.
typedef struct {
    int32_t height, width, out_height, out_width;
    const aek_window *rows, *columns;
} aek_pool;

/// What an output position reads along an axis: 1 - weight of one source position, and weight of another.
typedef struct {
    int32_t first, second;
    float weight;
} aek_blend;

/// Bilinear interpolation of maps [height][width].
typedef struct {
    int32_t height, width, out_height, out_width;
    const aek_blend *rows, *columns;
} aek_interpolation;

/// Dropout with probability threshold / 2^24; what stays is multiplied by `scale`. The random word of a number is word (feature % 4) of Philox4x32-10
/// with this key and the counter (image of the batch, feature / 4, step, place).
typedef struct {
    uint32_t key[2];
    uint32_t step, place, threshold;
    float scale;
} aek_dropout;

typedef struct {
    const char *name;

    // Linear. Rows are output features; a caller takes a range of them by passing pointers to its first row.

    /// y[b][o] = activation(bias[o] + sum over i of w[o][i] x[b][i]).
    void (*linear_forward)(const float *w, const float *bias, const float *x, size_t x_stride, float *y, size_t y_stride,
                           size_t rows, size_t in_features, size_t blocks, aek_activation activation);
    /// The same for one image, x [in_features] and y [rows].
    void (*linear_image)(const float *w, const float *bias, const float *x, float *y, size_t rows, size_t in_features, aek_activation activation);
    /// dx[b][i] = sum over o of w[o][i] dy[b][o] for `columns` columns i of w [rows][in_features], from the one that w and dx point to.
    void (*linear_input_gradient)(const float *w, const float *dy, size_t dy_stride, float *dx, size_t dx_stride,
                                  size_t rows, size_t in_features, size_t columns, size_t blocks);
    /// gradient [rows][in_features] = sum over images of dy[o] x[i], for `columns` columns i from the first of a tile, to which gradient
    /// and xt point. `xt` comes from `transpose`.
    void (*linear_weight_gradient)(const float *dy, size_t dy_stride, const float *xt, float *gradient,
                                   size_t rows, size_t in_features, size_t columns, size_t blocks);
    /// The same gradient, and Adam's step with it on w [rows][in_features] while it is in the cache: it goes nowhere else.
    void (*linear_weight_step)(const float *dy, size_t dy_stride, const float *xt, float *w, float *m, float *v,
                               size_t rows, size_t in_features, size_t columns, size_t blocks, const aek_adam *step);
    /// xt [column tile][block][16][AEK_COLUMNS] of x [block][features][16], for the pieces first..<last of [block][column tile]; columns past
    /// `features` are zero up to a whole vector.
    void (*transpose)(const float *x, size_t x_stride, size_t features, size_t blocks, size_t first, size_t last, float *xt);
    /// sums[r] = sum over blocks, positions and images of dy[b][r][positions][16], the blocks divided into `runs` runs.
    void (*row_sums)(const float *dy, size_t dy_stride, size_t rows, size_t positions, size_t blocks, size_t runs, float *sums);

    // Convolution of one map to the other for `blocks` blocks and the rows first..<last of the map that is written; scratch holds
    // aek_convolution_scratch() floats.

    /// small = activation(bias + W * large): Conv2d forward, ConvTranspose2d input gradient. bias may be NULL.
    void (*convolve_down)(const aek_convolution *c, const float *w, const float *bias, const float *large, size_t large_stride,
                          float *small, size_t small_stride, size_t blocks, size_t first, size_t last, aek_activation activation, float *scratch);
    /// large = activation(bias + W' * small): ConvTranspose2d forward, Conv2d input gradient. bias may be NULL.
    void (*convolve_up)(const aek_convolution *c, const float *w, const float *bias, const float *small, size_t small_stride,
                        float *large, size_t large_stride, size_t blocks, size_t first, size_t last, aek_activation activation, float *scratch);
    /// gradient [small][large][kernel height][kernel width] = sum over the blocks of one run, positions and images of small x large, for the kernel rows
    /// first..<last of [large][kernel height].
    void (*convolve_weights)(const aek_convolution *c, const float *small, size_t small_stride, const float *large, size_t large_stride,
                             size_t blocks, size_t first, size_t last, float *gradient, float *scratch);

    /// convolve_down and convolve_up for one image, with maps [channels][height][width]; scratch holds aek_convolution_image_scratch() floats.
    void (*convolve_image_down)(const aek_convolution *c, const float *w, const float *bias, const float *large, float *small,
                                aek_activation activation, float *scratch);
    void (*convolve_image_up)(const aek_convolution *c, const float *w, const float *bias, const float *small, float *large,
                              aek_activation activation, float *scratch);

    // Batch normalisation of one block [channels][area][16], of which the first `images` lanes count.

    /// mean[c] and m2[c] = sum of (x - mean)^2 over area x images.
    void (*moments)(const float *x, size_t channels, size_t area, size_t images, float *mean, float *m2);
    /// y = activation(x scale[c] + shift[c]).
    void (*scale_shift)(const float *x, float *y, size_t channels, size_t area, const float *scale, const float *shift, aek_activation activation);
    /// With g the gradient for x scale + shift, from dy, that for the activation of it: sums[2c] = sum of g,
    /// sums[2c + 1] = sum of g (x - mean[c]) over area x images.
    void (*normalize_sums)(const float *x, const float *dy, size_t images, const aek_normalization *n, float *sums);
    /// dx = a[c] g + b[c] (x - mean[c]) + d[c]; zero in lanes past `images`.
    void (*normalize_gradient)(const float *x, const float *dy, float *dx, size_t images, const aek_normalization *n,
                               const float *a, const float *b, const float *d);

    // Group normalisation of one block, whose lanes are normalised apart. `statistics` are [groups][2][16]: mean, and 1 / sqrt(variance + epsilon).

    void (*group_moments)(const float *x, const aek_group_normalization *n, float *statistics);
    void (*group_normalize)(const float *x, float *y, const aek_group_normalization *n, const float *statistics);
    /// From dy, which it overwrites: dx, zero in lanes past `images`, and sums [channels][2] over area and images, of all groups too where they share
    /// weight and bias: the gradients of weight and bias. Either may be NULL.
    void (*group_gradient)(const float *x, float *dy, float *dx, size_t images, const aek_group_normalization *n, const float *statistics,
                           float *sums);

    // Pooling and interpolation of `channels` maps of one block. Gradients are written whole: positions that nothing reads have zero.

    void (*pool_max)(const aek_pool *p, const float *x, float *y, size_t channels);
    /// The first maximum of a window, row by row, has its gradient.
    void (*pool_max_gradient)(const aek_pool *p, const float *x, const float *y, const float *dy, float *dx, size_t channels);
    void (*pool_average)(const aek_pool *p, const float *x, float *y, size_t channels);
    void (*pool_average_gradient)(const aek_pool *p, const float *dy, float *dx, size_t channels);
    void (*interpolate)(const aek_interpolation *p, const float *x, float *y, size_t channels);
    void (*interpolate_gradient)(const aek_interpolation *p, const float *dy, float *dx, size_t channels);
    /// y[i] = x[places[i]], or zero where the place is negative.
    void (*gather_rows)(const float *x, float *y, const int32_t *places, size_t rows);
    /// The gradient of that: dx [sources], each row the sum of the dy of its places.
    void (*scatter_rows)(const float *dy, float *dx, const int32_t *places, size_t rows, size_t sources);

    // Element by element, over `rows` rows of 16.

    /// y = x scale or 0, for features first..<first + rows of a block, to the first of which x and y point: its own gradient.
    void (*dropout)(const float *x, float *y, size_t first, size_t rows, size_t block, const aek_dropout *d);

    void (*activate)(const float *x, float *y, size_t rows, aek_activation activation);
    /// dx = dy activation'(x), from `given`, the activation's argument or its result as `from_argument` says.
    void (*activate_gradient)(const float *given, const float *dy, float *dx, size_t rows, aek_activation activation);
    /// y = a + b; y may be either.
    void (*add)(const float *a, const float *b, float *y, size_t rows);
    /// y = the sum of the runs' arrays, which lie `run_stride` floats apart.
    void (*add_runs)(const float *x, size_t runs, size_t run_stride, float *y, size_t rows);
    /// The sum over rows and the first `images` lanes of (y - x)^2; where dy is not NULL, dy = scale (y - x), zero past `images`.
    double (*squared_error)(const float *y, const float *x, float *dy, size_t rows, size_t images, float scale);
    /// z = mu + exp(logvar / 2) noise.
    void (*gaussian_sample)(const float *mu, const float *logvar, const float *noise, float *z, size_t rows);
    /// The sum over rows and the first `images` lanes of KL(N(mu, exp(logvar)) || N(0, 1)); where dz is not NULL, the gradients of
    /// the loss for mu and logvar, given dz and `weight`, the KL's weight over the batch size.
    double (*gaussian_kl)(const float *mu, const float *logvar, const float *noise, const float *dz, float *dmu, float *dlogvar,
                          size_t rows, size_t images, float weight);
    /// Softmax cross-entropy of logits [classes][16] for one block: the sum over the first `images` lanes; where dx is not NULL,
    /// dx = scale (softmax - one-hot), zero past `images`.
    double (*cross_entropy)(const float *logits, const uint16_t *labels, float *dx, size_t classes, size_t images, float scale);
    /// One block [pixels][16] of byte / 255 from `images` images of `pixels` bytes each; lanes past `images` are zero.
    void (*load_pixels)(const uint8_t *const *images, size_t count, size_t pixels, float *x);
    /// One block [features][16] from images [count][features], count <= 16; lanes past `count` are zero.
    void (*load_images)(const float *images, size_t count, size_t features, float *x);
    /// images [count][features] from one block [features][16].
    void (*store_images)(const float *x, size_t count, size_t features, float *images);
    /// Adam's step on n parameters.
    void (*adam)(float *w, float *m, float *v, const float *gradient, size_t n, const aek_adam *step);

    // Covariance.

    /// sums[i][j] += sum over rows of data[i] data[j], for the features i of one panel and j of this panel and all that follow. `data` is
    /// [panels][rows][AEK_PANEL], `sums` [panels x AEK_PANEL] squared; both are 64-byte aligned.
    void (*add_products)(const double *data, size_t rows, size_t panels, size_t panel, double *sums);
} aek_kernels;

/// The floats of scratch that a convolution's kernels need, and those for one image.
size_t aek_convolution_scratch(const aek_convolution *c);
size_t aek_convolution_image_scratch(const aek_convolution *c);

/// The table of a level, "base", "v3" (x86-64-v3) or "v4" (x86-64-v4), or of the best level for NULL; NULL where the
/// processor or the build lacks that level.
const aek_kernels *aek_kernels_for(const char *level);

/// Tells the processor that a loop waits for another thread.
static inline void aek_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/// Has the processor take numbers below the smallest normal one for zero, on this thread; returns what `aek_restore_denormals` wants.
/// Adam's means of a weight that meets no gradient any more decay to such numbers and stay there, and each costs over a hundred cycles.
static inline uint64_t aek_flush_denormals(void) {
    uint64_t before = 0;
#if defined(__x86_64__)
    before = __builtin_ia32_stmxcsr();
    __builtin_ia32_ldmxcsr((uint32_t)before | 0x8040); // flush to zero, denormals are zero
#elif defined(__aarch64__)
    __asm__ volatile("mrs %0, fpcr" : "=r"(before));
    __asm__ volatile("msr fpcr, %0" : : "r"(before | 1 << 24)); // FZ
#endif
    return before;
}

static inline void aek_restore_denormals(uint64_t before) {
#if defined(__x86_64__)
    __builtin_ia32_ldmxcsr((uint32_t)before);
#elif defined(__aarch64__)
    __asm__ volatile("msr fpcr, %0" : : "r"(before));
#else
    (void)before;
#endif
}

#endif
