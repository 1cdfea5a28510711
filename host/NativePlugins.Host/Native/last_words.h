/* What signal_dispatcher.c and last_words.c ask of each other. */
#pragma once
#include <link.h>
#include <signal.h>
#include <stdint.h>

/* For dl_iterate_phdr: looks for the library that holds address[0], and puts its range into address[1] and address[2]. */
int np_find_range(struct dl_phdr_info *info, size_t size, void *address);

/* Called before the handler that was there first gets a signal that no library has handled. */
void np_words_before(int number, const siginfo_t *info, const void *context);

/* Called when that handler has returned, or when there is none and the signal is about to end the process. */
void np_words_after(int number, const siginfo_t *info, const void *context);
