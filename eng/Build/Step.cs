using System.Diagnostics;
using System.Globalization;

namespace NativePlugins.Build;

/// <summary>Progress: a line a step with its seconds, and notes below it.</summary>
internal static class Step
{
    private static readonly List<string> s_notes = [];
    private static bool s_running;

    public static void Run(string name, Action body) => Run(name, () => { body(); return true; });

    public static T Run<T>(string name, Func<T> body)
    {
        Console.Write($"{name} … ");
        s_running = true;
        var clock = Stopwatch.StartNew();
        var outcome = "failed after ";
        try
        {
            var result = body();
            outcome = "";
            return result;
        }
        finally
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome}{clock.Elapsed.TotalSeconds:F1} s"));
            s_running = false;
            s_notes.ForEach(Note);
            s_notes.Clear();
        }
    }

    /// <summary>Does several things at once. The first failure is the step's, as it would be of one thing.</summary>
    /// <param name="atOnce">How many; -1 leaves it to the machine.</param>
    public static void ForEach<T>(IEnumerable<T> items, Action<T> body, int atOnce = -1)
    {
        try
        {
            Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, body);
        }
        catch (AggregateException failures) when (failures.InnerExceptions[0] is BuildException failure)
        {
            throw new BuildException(failure.Message, failure.ExitCode);
        }
    }

    /// <summary>Prints a note now, or below the line of the step that is running.</summary>
    public static void Note(string text)
    {
        if (s_running)
        {
            s_notes.Add(text);
        }
        else
        {
            Console.WriteLine($"  {text}");
        }
    }
}
