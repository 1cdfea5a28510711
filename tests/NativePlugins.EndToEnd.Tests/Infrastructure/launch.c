/* launch REPORT PROGRAM [ARGUMENTS…]: runs a program with every signal at its default, as an interactive shell does, and
 * writes its process id to REPORT.pid, and to REPORT "exit N" or "signal N", which an exit status of 128 + N hides. */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int write_file(const char *path, const char *word, int number) {
    FILE *file = fopen(path, "w");
    return file == NULL || fprintf(file, "%s%d\n", word, number) < 0 || fclose(file) != 0;
}

static int run(const char *pid_file, char **arguments) {
    sigset_t none;
    int number;
    for (number = 1; number < NSIG; number++) {
        (void)signal(number, SIG_DFL);
    }
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (write_file(pid_file, "", (int)getpid()) == 0) {
        (void)execvp(arguments[0], arguments);
    }
    perror(arguments[0]);
    return 127;
}

int main(int count, char **arguments) {
    char pid_file[4096];
    int status;
    pid_t child;
    if (count < 3 || snprintf(pid_file, sizeof(pid_file), "%s.pid", arguments[1]) >= (int)sizeof(pid_file)) {
        return 127;
    }
    child = fork();
    if (child == 0) {
        _exit(run(pid_file, arguments + 2));
    }
    if (child < 0 || waitpid(child, &status, 0) != child) {
        return 127;
    }
    return WIFSIGNALED(status) ? write_file(arguments[1], "signal ", WTERMSIG(status))
                               : write_file(arguments[1], "exit ", WEXITSTATUS(status));
}
