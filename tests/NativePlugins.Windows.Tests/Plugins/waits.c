/* Is right: prints "waiting", waits until it is cancelled, and prints "cancelled". */
#include <windows.h>

#include "native_plugins.h"

static int32_t NP_CALL cancel(void *context) {
    return SetEvent((HANDLE)context) ? NP_OK : NP_E_FAULT;
}

static int32_t wait_for_cancellation(const np_command_call *call) {
    const np_cancellation *cancellation = call->cancellation;
    uint64_t subscription = 0;
    HANDLE cancelled;
    int32_t status;
    if (cancellation == NULL) {
        return NP_E_UNSUPPORTED;
    }
    cancelled = CreateEventW(NULL, TRUE, FALSE, NULL);
    status = cancellation->subscribe(cancellation->context, cancel, cancelled, &subscription);
    if (status != NP_OK) {
        return status;
    }
    (void)call->output->write(call->output->context, NP_TEXT("waiting\n"));
    (void)WaitForSingleObject(cancelled, INFINITE);
    (void)cancellation->unsubscribe(cancellation->context, subscription);
    CloseHandle(cancelled);
    (void)call->output->write(call->output->context, NP_TEXT("cancelled\n"));
    return cancellation->check(cancellation->context);
}

#define ID "waits"
#define RUN return wait_for_cancellation(call);
#include "fixture.h"
