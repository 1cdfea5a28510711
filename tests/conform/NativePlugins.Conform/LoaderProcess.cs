using System.Diagnostics;
using System.Globalization;

namespace NativePlugins.Conform;

/// <summary>
/// A process that opens libraries with the system's loader, each in a child of its own, and tells how the child ended.
/// </summary>
internal sealed class LoaderProcess : IDisposable
{
    private const string Source = """
        #include <dlfcn.h>
        #include <stdio.h>
        #include <string.h>
        #include <sys/wait.h>
        #include <unistd.h>
        int main(void)
        {
            char path[4096];
            while (fgets(path, sizeof path, stdin))
            {
                int status = 0;
                path[strcspn(path, "\n")] = 0;
                pid_t child = fork();
                if (child == 0)
                {
                    alarm(10);
                    _exit(dlopen(path, RTLD_NOW | RTLD_LOCAL) ? 0 : 1);
                }
                waitpid(child, &status, 0);
                printf("%d\n", WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status));
                fflush(stdout);
            }
            return 0;
        }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("loader-");
    private readonly Process _process;

    public LoaderProcess()
    {
        string source = Path.Combine(_directory.FullName, "loader.c");
        string program = Path.Combine(_directory.FullName, "loader");
        File.WriteAllText(source, Source);
        if (Child.Run("gcc", "-o", program, source, "-ldl").Status != 0)
        {
            throw new InvalidOperationException("gcc did not compile the loader's program.");
        }

        _process = Process.Start(new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    /// <summary>0: opened; 1: refused by the loader; from 1000 on: killed by that signal.</summary>
    public int Open(string path)
    {
        _process.StandardInput.WriteLine(path);
        _process.StandardInput.Flush();
        string answer = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The loader's process has ended.");
        return int.Parse(answer, CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
