/* runner PROGRAM [ARGUMENT...] runs a program once and measures it from outside, with nothing of a runtime in the figures.
 * Its input and output are /dev/null, its standard error is this one's. Prints one line:
 *     exit status (128 + n after signal n), nanoseconds from start to exit, peak resident set in KiB, CPU time in microseconds */
#define _DEFAULT_SOURCE
#define _DARWIN_C_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static int64_t now(void) {
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static int64_t microseconds(struct timeval time) {
    return (int64_t)time.tv_sec * 1000000 + time.tv_usec;
}

static int64_t kibibytes(long maximum_resident_set) {
#ifdef __APPLE__
    return maximum_resident_set / 1024;
#else
    return maximum_resident_set;
#endif
}

int main(int argc, char **argv) {
    posix_spawn_file_actions_t actions;
    struct rusage usage;
    int64_t start, end;
    pid_t child;
    int failure, status;

    if (argc < 2) {
        fprintf(stderr, "usage: runner PROGRAM [ARGUMENT...]\n");
        return 64;
    }
    failure = posix_spawn_file_actions_init(&actions);
    if (failure == 0) {
        failure = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    }
    if (failure == 0) {
        failure = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    }

    start = now();
    if (failure == 0) {
        failure = posix_spawn(&child, argv[1], &actions, NULL, argv + 1, environ);
    }
    if (failure != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], strerror(failure));
        return 66;
    }
    while (wait4(child, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            perror("wait4");
            return 71;
        }
    }
    end = now();

    printf("%d %" PRId64 " %" PRId64 " %" PRId64 "\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status),
           end - start, kibibytes(usage.ru_maxrss), microseconds(usage.ru_utime) + microseconds(usage.ru_stime));
    return 0;
}
