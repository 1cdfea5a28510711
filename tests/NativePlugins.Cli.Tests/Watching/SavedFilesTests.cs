using Microsoft.Extensions.Logging.Abstractions;

namespace NativePlugins.Cli.Tests;

/// <summary>What belongs to one save.</summary>
public sealed class SavedFilesTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("native-plugins-").FullName;
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(30));

    [Fact]
    public void What_was_saved_with_the_first_file_is_more_than_that()
    {
        using var changes = new SourceChanges(_directory, NullLogger.Instance, quiet: TimeSpan.FromSeconds(1));
        string first = Path.Combine(_directory, "A.cs"), second = Path.Combine(_directory, "B.cs");
        File.WriteAllText(first, "");
        SavedFiles saved = changes.Take(_limit.Token);
        File.WriteAllText(second, "");
        int told = 0;

        Assert.False(changes.Settle(saved, () => told++, _limit.Token));

        Assert.NotEqual(0, told);
        Assert.Equal([first, second], saved.Paths.Order());
    }

    [Fact]
    public void The_same_file_saved_again_with_other_text_is_more()
    {
        using var changes = new SourceChanges(_directory, NullLogger.Instance, quiet: TimeSpan.FromSeconds(1));
        string file = Path.Combine(_directory, "A.cs");
        File.WriteAllText(file, "half");
        SavedFiles saved = changes.Take(_limit.Token);
        File.WriteAllText(file, "half and half");

        Assert.False(changes.Settle(saved, () => { }, _limit.Token));
    }

    [Fact]
    public void A_late_notification_of_what_was_seen_is_nothing_more()
    {
        using var changes = new SourceChanges(_directory, NullLogger.Instance, quiet: TimeSpan.FromSeconds(1));
        string file = Path.Combine(_directory, "A.cs");
        File.WriteAllText(file, "whole");
        SavedFiles saved = changes.Take(_limit.Token);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow);

        Assert.True(changes.Settle(saved, () => { }, _limit.Token));
    }

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}
