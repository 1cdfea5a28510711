namespace NativePlugins.EndToEnd.Tests;

/// <summary>New builds are picked up by themselves, each once.</summary>
public sealed class WatchTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_library_written_in_place()
    {
        using Watched watched = new();

        watched.Installed.Install(2);

        Assert.Equal("generation 2, run 1\n", watched.RunAfter(reloads: 1));
    }

    [Fact]
    public void A_library_replaced_by_rename()
    {
        using Watched watched = new();
        string next = watched.Installed.Library + ".new";
        File.Copy(Installed.Compiled(2), next);

        File.Move(next, watched.Installed.Library, overwrite: true);

        Assert.Equal("generation 2, run 1\n", watched.RunAfter(reloads: 1));
    }

    [Fact]
    public void A_library_deleted_and_created_again()
    {
        using Watched watched = new();
        File.Delete(watched.Installed.Library);

        watched.Installed.Install(2);

        Assert.Equal("generation 2, run 1\n", watched.RunAfter(reloads: 1));
    }

    [Fact]
    public void A_library_with_an_older_time_stamp()
    {
        using Watched watched = new();
        string next = watched.Installed.Library + ".new";
        File.Copy(Installed.Compiled(2), next);
        File.SetLastWriteTimeUtc(next, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        File.Move(next, watched.Installed.Library, overwrite: true);

        Assert.Equal("generation 2, run 1\n", watched.RunAfter(reloads: 1));
    }

    [Fact]
    public void A_library_written_in_place_with_the_size_and_the_time_of_the_old_one()
    {
        using Watched watched = new();
        string library = watched.Installed.Library;
        byte[] next = File.ReadAllBytes(Installed.Compiled(2));
        int size = Math.Max(next.Length, (int)new FileInfo(library).Length);
        File.WriteAllBytes(library, [.. File.ReadAllBytes(library), .. new byte[size - new FileInfo(library).Length]]);
        DateTime time = File.GetLastWriteTimeUtc(library);

        File.WriteAllBytes(library, [.. next, .. new byte[size - next.Length]]);
        File.SetLastWriteTimeUtc(library, time);

        Assert.Equal("generation 2, run 1\n", watched.RunAfter(reloads: 1));
    }

    [Fact]
    public void Twenty_rewrites_in_place_one_after_another_are_each_picked_up_once()
    {
        using Watched watched = new();
        for (int i = 1; i <= 20; i++)
        {
            watched.Installed.Install(1 + (i % 2));
            Assert.Equal($"generation {1 + (i % 2)}, run {i}\n", watched.RunAfter(reloads: i));
        }

        Assert.Equal(20, watched.Reloads);
        Assert.Empty(watched.Failures);
    }

    [Fact]
    public void Five_writes_within_the_quiet_period_are_one_build()
    {
        byte[][] builds = [.. Enumerable.Range(2, 5).Select(generation => File.ReadAllBytes(Installed.Compiled(generation)))];
        using Watched watched = new(TimeSpan.FromSeconds(2));
        Array.ForEach(builds, watched.Installed.Install);

        Assert.Equal("generation 6, run 1\n", watched.RunAfter(reloads: 1));
        Assert.Empty(watched.Failures);
    }

    [Fact]
    public void Without_notifications_looking_now_and_then_does_it()
    {
        // Notifications are about the directory that has been moved away, so none comes from the one that takes its place.
        using Watched watched = new();
        string directory = Path.GetDirectoryName(watched.Installed.Library)!, aside = directory + ".aside";
        Directory.Move(directory, aside);
        Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        watched.Installed.Install(2);

        Assert.Equal("generation 2, run 1\n", watched.RunAfter(reloads: 1));
    }

    [Fact]
    public void A_broken_build_is_reported_once_and_the_next_one_is_picked_up()
    {
        using Watched watched = new();
        watched.Installed.Replace("not a library"u8.ToArray());
        watched.WaitFor(() => watched.Failures.Count > 0);

        watched.Installed.Replace(2);

        Assert.Equal("generation 2, run 1\n", watched.RunAfter(reloads: 1));
        Assert.IsType<PluginFormatException>(Assert.Single(watched.Failures));
    }

    [Fact]
    public void A_build_for_which_calls_did_not_end_is_tried_again()
    {
        using Watched watched = new();
        using var caller = new BlockedCall(watched.Installed.Plugin);
        watched.Installed.Replace(2);
        watched.WaitFor(() => watched.Failures.Count > 0);

        caller.Release();

        Assert.Equal("generation 2, run 2\n", watched.RunAfter(reloads: 1));
        Assert.All(watched.Failures, failure => Assert.IsType<PluginBusyException>(failure));
    }

    [Fact]
    public void A_build_for_which_the_plugin_was_stopped_meanwhile_is_tried_again()
    {
        using Watched watched = new();
        watched.Installed.Plugin.Reloading += (_, _) => watched.Installed.Plugin.Stop();
        watched.Installed.Replace(2);
        watched.WaitFor(() => watched.Failures.Count > 0);

        watched.WaitFor(() => watched.Reloads > 0);

        Assert.IsType<PluginStateException>(Assert.Single(watched.Failures));
        watched.Installed.Plugin.Start();
        Assert.Equal("generation 2, run 1\n", watched.Installed.Run());
    }

    [Fact]
    public void Two_hosts_watch_one_source()
    {
        using Watched watched = new();
        using var other = new PluginHost(watched.Installed.Options);
        Plugin second = other.Load(watched.Installed.Library);
        using var reloaded = new ManualResetEventSlim();
        second.Retired += (_, _) => reloaded.Set();

        watched.Installed.Install(2);

        Assert.Equal("generation 2, run 1\n", watched.RunAfter(reloads: 1));
        Assert.True(reloaded.Wait(s_limit));
        Assert.Equal("generation 2, run 1\n", Installed.Run(second));
    }

    [Fact]
    public void A_disposed_plugin_is_watched_no_more()
    {
        using Watched watched = new();
        watched.Installed.Plugin.Dispose();
        using var other = new PluginHost(watched.Installed.Options);
        Plugin second = other.Load(watched.Installed.Library);
        using var reloaded = new ManualResetEventSlim();
        second.Retired += (_, _) => reloaded.Set();

        watched.Installed.Install(2);

        Assert.True(reloaded.Wait(s_limit));
        Assert.Equal((0, 0), (watched.Reloads, watched.Failures.Count));
    }

    private sealed class Watched : IDisposable
    {
        private readonly object _lock = new();
        private int _reloads;

        public Watched(TimeSpan? quietPeriod = null)
        {
            Installed = new Installed(configure: options =>
            {
                options.DrainDeadline = TimeSpan.FromMilliseconds(50);
                options.Reload!.Watch = true;
                options.Reload.QuietPeriod = quietPeriod ?? TimeSpan.FromMilliseconds(20);
                options.Reload.PollInterval = TimeSpan.FromMilliseconds(200);
            });
            Installed.Plugin.Retired += (_, _) => Note(() => _reloads++);
            Installed.Plugin.ReloadFailed += (_, args) => Note(() => Failures.Add(args.Error));
        }

        public Installed Installed { get; }

        public List<Exception> Failures { get; } = [];

        public int Reloads
        {
            get
            {
                lock (_lock)
                {
                    return _reloads;
                }
            }
        }

        public string RunAfter(int reloads)
        {
            WaitFor(() => _reloads >= reloads);
            return Installed.Run();
        }

        public void WaitFor(Func<bool> condition)
        {
            lock (_lock)
            {
                while (!condition())
                {
                    Assert.True(Monitor.Wait(_lock, s_limit), $"{_reloads} reloads, {string.Join('\n', Failures)}");
                }
            }
        }

        public void Dispose() => Installed.Dispose();

        private void Note(Action change)
        {
            lock (_lock)
            {
                change();
                Monitor.PulseAll(_lock);
            }
        }
    }
}
