using System.Collections.Concurrent;
using NativePlugins.Host.Platform;
using Xunit;

namespace NativePlugins.Host.Tests.Platform;

/// <summary>The notifications about single directories.</summary>
public sealed class DirectoryNotificationsTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private readonly BlockingCollection<(string Path, bool IsContent)> _noticed = [];
    private readonly List<Exception> _failures = [];

    [Fact]
    public void What_comes_into_a_directory_is_noticed()
    {
        using DirectoryNotifications notifications = Watch(_directory.Path);

        string file = _directory.WriteFile("new");

        Assert.Equal((file, false), Next());
    }

    [Fact]
    public void What_lies_below_it_is_not()
    {
        string inner = _directory.CreateDirectory("inner");
        using DirectoryNotifications notifications = Watch(_directory.Path);

        File.WriteAllText(Path.Combine(inner, "deep"), "");
        string file = _directory.WriteFile("mark");

        Assert.Equal((file, false), Next());
    }

    [LinuxFact]
    public void A_tree_of_a_thousand_directories_takes_one_watch()
    {
        for (int i = 0; i < 1000; i++)
        {
            Directory.CreateDirectory(_directory[$"node_modules/package{i}"]);
        }

        int before = CountWatches();
        using DirectoryNotifications notifications = Watch(_directory.Path);

        Assert.InRange(CountWatches() - before, 0, 100);
    }

    [Fact]
    public void A_directory_that_took_the_place_of_another_is_watched_in_its_turn()
    {
        string inner = _directory.CreateDirectory("inner");
        using DirectoryNotifications notifications = Watch(inner, "first");
        Directory.Move(inner, _directory["aside"]);
        Directory.CreateDirectory(inner);
        notifications.Watch([(inner, "second")]);

        string file = Path.Combine(inner, "new");
        File.WriteAllText(file, "");

        while (Next().Path != file)
        {
        }
    }

    [Fact]
    public void What_is_no_longer_asked_for_is_no_longer_noticed()
    {
        string first = _directory.CreateDirectory("first"), second = _directory.CreateDirectory("second");
        using DirectoryNotifications notifications = Watch(first);
        notifications.Watch([(second, "")]);

        File.WriteAllText(Path.Combine(first, "new"), "");
        string file = Path.Combine(second, "mark");
        File.WriteAllText(file, "");

        Assert.Equal((file, false), Next());
    }

    [Fact]
    public void A_directory_that_is_not_there_is_a_failure_told_once()
    {
        using DirectoryNotifications notifications = Watch(_directory["nowhere"]);
        notifications.Watch([(_directory["nowhere"], "")]);

        Assert.IsType<ArgumentException>(Assert.Single(_failures), exactMatch: false);
    }

    public void Dispose()
    {
        _directory.Dispose();
        _noticed.Dispose();
    }

    private static int CountWatches() => Directory.GetFiles("/proc/self/fdinfo").Sum(file =>
    {
        try
        {
            return File.ReadLines(file).Count(line => line.StartsWith("inotify ", StringComparison.Ordinal));
        }
        catch (IOException)
        {
            return 0;
        }
    });

    private DirectoryNotifications Watch(string directory, string identity = "")
    {
        var notifications = new DirectoryNotifications((path, isContent) => _noticed.Add((path, isContent)), _failures.Add);
        notifications.Watch([(directory, identity)]);
        return notifications;
    }

    private (string Path, bool IsContent) Next() => _noticed.TryTake(out (string, bool) next, s_limit) ? next : throw new TimeoutException();
}
