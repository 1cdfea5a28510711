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
