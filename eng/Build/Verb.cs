namespace NativePlugins.Build;

/// <summary>Runs one verb and turns a failure into text on standard error and an exit code.</summary>
internal static class Verb
{
    public static int Run(Func<Workspace, int> verb)
    {
        try
        {
            return verb(Workspace.Find());
        }
        catch (BuildException failure)
        {
            Console.Error.WriteLine();
            Console.Error.WriteLine(failure.Message);
            return failure.ExitCode;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine();
            Console.Error.WriteLine($"{failure.Message}\nCheck the permissions of dist/ and artifacts/ and the free space, and that no other build runs.");
            return ExitCode.Failed;
        }
    }
}
