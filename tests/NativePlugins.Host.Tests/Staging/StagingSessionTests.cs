using NativePlugins.Host.Platform;
using NativePlugins.Host.Staging;
using Xunit;

namespace NativePlugins.Host.Tests.Staging;

/// <summary>Hosts that share a staging directory.</summary>
public sealed class StagingSessionTests
{
    [Fact]
    public void Sessions_that_begin_while_others_sweep_are_none_of_them_taken_for_left_behind()
    {
        const int Sessions = 300;
        using var directory = new TemporaryDirectory();
        var lost = new System.Collections.Concurrent.ConcurrentBag<string>();
        Thread[] hosts = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < Sessions; i++)
            {
                try
                {
                    using StagingSession session = StagingSession.Open(directory.Path, ProcessEnvironment.Current);
                    string own = session.CreateDirectoryFor("x");
                    if (!Directory.Exists(own) || !File.Exists(Path.GetDirectoryName(own) + ".lock"))
                    {
                        lost.Add(own);
                    }
                }
                catch (Exception e)
                {
                    lost.Add(e.Message);
                }
            }
        }))];

        Array.ForEach(hosts, host => host.Start());
        Array.ForEach(hosts, host => host.Join());

        Assert.Empty(lost);
        Assert.Empty(Directory.GetFileSystemEntries(Assert.Single(Directory.GetDirectories(directory.Path))));
    }
}
