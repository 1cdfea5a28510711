namespace NativePlugins.Bench;

/// <summary>Progress on standard error: one line that is written over on a terminal, else a line when a group is done.</summary>
internal static class Progress
{
    public static void Report(string title, int done, int all)
    {
        if (!Console.IsErrorRedirected)
        {
            Console.Error.Write($"\r{title}: {done} of {all} repetitions ");
        }
    }

    public static void Done(string title, int all) =>
        Console.Error.WriteLine($"{(Console.IsErrorRedirected ? "" : "\r")}{title}: {all} of {all} repetitions ");

    public static void Note(string text) => Console.Error.WriteLine(text);
}
