namespace NativePlugins.Outside.Tests;

/// <summary>What a command printed, to either stream, and its exit status.</summary>
internal sealed record Outcome(string CommandLine, int Status, string Output)
{
    /// <summary>Fails the test unless the command succeeded without a warning.</summary>
    public Outcome Succeeded()
    {
        Assert.True(Status == 0, $"{CommandLine}\nended with {Status}:\n{Output}");
        Assert.False(HasWarning, $"{CommandLine}\nwarned:\n{Output}");
        return this;
    }

    /// <summary>Fails the test unless the command failed, and said all of this.</summary>
    public void FailedWith(params string[] texts)
    {
        Assert.True(Status != 0, $"{CommandLine}\nshould have failed, and printed:\n{Output}");
        Assert.All(texts, text => Assert.Contains(text, Output, StringComparison.Ordinal));
    }

    private bool HasWarning => Output.Contains(": warning ", StringComparison.Ordinal) || Output.Contains("warning:", StringComparison.Ordinal);
}
