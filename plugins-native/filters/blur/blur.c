/* A filter in C: softens a picture. Two box blurs, each along the rows and then along the columns, of whole numbers
 * only; docs/imagetool.md has the arithmetic. */
#include "imaging_filter_1.h"
#include "native_plugins_plugin.h"

#include <stdlib.h>

#define CHANNELS 4u
#define PASSES 4
#define DEFAULT_RADIUS 4u

/* One call. A sum of 2 * radius + 1 values is at most 51,255, so that a product with a reciprocal of 32 bits divides exactly. */
typedef struct blur {
    size_t width;
    size_t height;
    size_t radius;
    uint32_t half;
    uint64_t reciprocal;
    int32_t rows_done;
    const imaging_progress_1 *progress;
    const np_cancellation *cancellation;
} blur;

static uint8_t mean(const blur *b, uint32_t sum) { return (uint8_t)(((sum + b->half) * b->reciprocal) >> 32); }

static size_t clamped(size_t position, size_t offset, size_t count) {
    return position + offset < count ? position + offset : count - 1;
}

static int32_t row_done(blur *b) {
    const imaging_progress_1 *progress = b->progress;
    b->rows_done++;
    (void)progress->report(progress->context, b->rows_done, PASSES * (int32_t)b->height, NULL);
    return b->cancellation != NULL ? b->cancellation->check(b->cancellation->context) : NP_OK;
}

static void blur_row(const blur *b, const uint8_t *from, uint8_t *to) {
    size_t channel, x, i;
    for (channel = 0; channel < CHANNELS; channel++) {
        uint32_t sum = (uint32_t)b->radius * from[channel];
        for (i = 0; i <= b->radius; i++) {
            sum += from[clamped(0, i, b->width) * CHANNELS + channel];
        }
        for (x = 0; x < b->width; x++) {
            to[x * CHANNELS + channel] = mean(b, sum);
            sum += from[clamped(x, b->radius + 1, b->width) * CHANNELS + channel];
            sum -= from[(x > b->radius ? x - b->radius : 0) * CHANNELS + channel];
        }
    }
}

static int32_t blur_rows(blur *b, const uint8_t *from, uint8_t *to) {
    size_t stride = b->width * CHANNELS, y;
    int32_t status = NP_OK;
    for (y = 0; y < b->height && status == NP_OK; y++) {
        blur_row(b, from + y * stride, to + y * stride);
        status = row_done(b);
    }
    return status;
}

/* `sums` has one for each byte of a row: the columns are summed row by row, as they lie in memory. */
static int32_t blur_columns(blur *b, const uint8_t *from, uint8_t *to, uint32_t *sums) {
    size_t stride = b->width * CHANNELS, x, y, i;
    int32_t status = NP_OK;
    for (x = 0; x < stride; x++) {
        sums[x] = (uint32_t)b->radius * from[x];
    }
    for (i = 0; i <= b->radius; i++) {
        const uint8_t *row = from + clamped(0, i, b->height) * stride;
        for (x = 0; x < stride; x++) {
            sums[x] += row[x];
        }
    }
    for (y = 0; y < b->height && status == NP_OK; y++) {
        const uint8_t *next = from + clamped(y, b->radius + 1, b->height) * stride;
        const uint8_t *last = from + (y > b->radius ? y - b->radius : 0) * stride;
        uint8_t *row = to + y * stride;
        for (x = 0; x < stride; x++) {
            row[x] = mean(b, sums[x]);
            sums[x] = sums[x] + next[x] - last[x];
        }
        status = row_done(b);
    }
    return status;
}

static int32_t blur_twice(blur *b, const uint8_t *source, uint8_t *target, uint8_t *between, uint32_t *sums) {
    int32_t status = blur_rows(b, source, between);
    if (status == NP_OK) {
        status = blur_columns(b, between, target, sums);
    }
    if (status == NP_OK) {
        status = blur_rows(b, target, between);
    }
    if (status == NP_OK) {
        status = blur_columns(b, between, target, sums);
    }
    return status;
}

static int32_t NP_CALL describe(void *context, const np_sink *result, const np_error_sink *error) {
    (void)context;
    (void)error;
    return np_write(result, NP_TEXT("softens the picture; amount: the radius in pixels (4)"));
}

/* The work is done when this returns; what it came to is told to `completion`, as the contract is asynchronous. */
static int32_t NP_CALL apply(void *context, const imaging_pixel *source, size_t source_length, imaging_pixel *target,
                             size_t target_length, const imaging_picture_size *size, int32_t amount,
                             const imaging_progress_1 *progress, const np_cancellation *cancellation_token,
                             const np_completion *completion, const np_error_sink *error) {
    blur b;
    uint8_t *between;
    uint32_t *sums;
    int32_t status = NP_E_OUT_OF_MEMORY;
    (void)context;
    if (size->width < 1 || size->height < 1 || source_length != (uint64_t)size->width * (uint64_t)size->height ||
        target_length != source_length || size->height > INT32_MAX / PASSES) {
        return np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("The numbers of pixels do not fit the size."));
    }
    if (amount < 0 || amount > 100) {
        return np_fail(error, NP_E_INVALID_ARGUMENT, NP_TEXT("amount: a radius of 0 to 100 pixels was expected."));
    }

    b.width = (size_t)size->width;
    b.height = (size_t)size->height;
    b.radius = amount == 0 ? DEFAULT_RADIUS : (size_t)amount;
    b.half = (uint32_t)b.radius;
    b.reciprocal = UINT64_C(0xFFFFFFFF) / (2 * b.radius + 1) + 1;
    b.rows_done = 0;
    b.progress = progress;
    b.cancellation = cancellation_token;

    between = malloc(source_length * sizeof(*source));
    sums = malloc(b.width * CHANNELS * sizeof(*sums));
    if (between != NULL && sums != NULL) {
        status = blur_twice(&b, (const uint8_t *)source, (uint8_t *)target, between, sums);
    }
    free(between);
    free(sums);
    (void)completion->complete(completion->context, status, NULL, 0, NULL);
    return NP_OK;
}

static const imaging_filter_1 filter = {IMAGING_FILTER_1_PREFIX(NULL), describe, apply};

NP_PLUGIN("blur", "Blur", "1.0.0", NP_PLUGIN_MAY_UNLOAD, NP_SERVICE(IMAGING_FILTER_1_ID, filter));
