using System.ComponentModel;

namespace NativePlugins.Conform;

/// <summary>Asks the system's own loader, in a process of its own, whether it takes a library.</summary>
internal sealed class LoaderCheck : IDisposable
{
    private const string Source = """
        #include <dlfcn.h>
        #include <unistd.h>
        int main(int count, char **arguments)
        {
            alarm(20);
            _exit(count == 2 && dlopen(arguments[1], RTLD_NOW | RTLD_LOCAL) ? 0 : 1);
        }
        """;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("conform-");

    private string Program => Path.Combine(_directory.FullName, "load");

    /// <summary>Null where there is no C compiler.</summary>
    public static LoaderCheck? Build()
    {
        var check = new LoaderCheck();
        string source = Path.Combine(check._directory.FullName, "load.c");
        File.WriteAllText(source, Source);
        try
        {
            if (Child.Run("gcc", "-o", check.Program, source, "-ldl").Status == 0)
            {
                return check;
            }
        }
        catch (Win32Exception)
        {
            // There is no gcc to compile the checking program with.
        }

        check.Dispose();
        return null;
    }

    public bool Accepts(string library) => Child.Run(Program, library).Status == 0;

    public void Dispose() => _directory.Delete(recursive: true);
}
