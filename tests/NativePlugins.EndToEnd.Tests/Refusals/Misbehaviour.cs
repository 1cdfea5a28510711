namespace NativePlugins.EndToEnd.Tests;

/// <summary>One way of being wrong, and how it has to be refused: by the library and by the program, in the same words.</summary>
/// <param name="Name">A name for the test's report.</param>
/// <param name="Make">Sets it up in a private directory and returns what is to be loaded.</param>
/// <param name="Exception">The type that the library throws.</param>
/// <param name="Code">The code of both.</param>
/// <param name="ExitCode">The program's exit status.</param>
/// <param name="Expected">A part of what it says was expected.</param>
/// <param name="Found">A part of what it says was found.</param>
internal sealed record Misbehaviour(
    string Name, Func<Scratch, string> Make, Type Exception, string Code, int ExitCode, string Expected, string Found)
{
    /// <summary>The directory in which a name is looked up, relative to the private one; null if none is given.</summary>
    public string? PluginDirectory { get; init; }

    /// <summary>The lifecycle deadline in milliseconds; null for the default, which a busy machine does not pass either.</summary>
    public int? Deadline { get; init; }

    /// <summary>A part of the advice.</summary>
    public string Advice { get; init; } = "";

    public static Misbehaviour Of<TException>(
        string name, Func<Scratch, string> make, string code, int exitCode, string expected, string found)
        where TException : PluginException =>
        new(name, make, typeof(TException), code, exitCode, expected, found);

    /// <summary>A fixture in C that is wrong in itself.</summary>
    public static Misbehaviour Fixture<TException>(string name, string code, int exitCode, string expected, string found)
        where TException : PluginException =>
        Of<TException>(name, scratch => scratch.Fixture(name), code, exitCode, expected, found);

    public override string ToString() => Name;
}
