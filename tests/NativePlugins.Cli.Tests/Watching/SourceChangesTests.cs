using Microsoft.Extensions.Logging.Abstractions;

namespace NativePlugins.Cli.Tests;

public sealed class SourceChangesTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    [Theory]
    [InlineData("Plugin.cs", true)]
    [InlineData("Hello.csproj", true)]
    [InlineData("Inner/data.json", true)]
    [InlineData("bin", true)]
    [InlineData("bin/Debug/hello.dll", false)]
    [InlineData("Inner/obj/project.assets.json", false)]
    [InlineData(".git/index", false)]
    [InlineData(".Plugin.cs.swp", false)]
    [InlineData("Plugin.cs~", false)]
    public void What_builds_and_editors_leave_is_no_source(string path, bool isSource) => Assert.Equal(isSource, SourceChanges.IsSource(path));

    [Fact]
    public void A_change_has_the_time_that_the_file_bears()
    {
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        using var limit = new CancellationTokenSource(s_limit);
        string file = Path.Combine(_directory, "Plugin.cs");
        File.WriteAllText(file, "");

        Assert.Equal(File.GetLastWriteTimeUtc(file), changes.Wait(limit.Token));
    }

    [Fact]
    public void Several_files_that_are_saved_at_once_are_one_change()
    {
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        using var limit = new CancellationTokenSource(s_limit);
        File.WriteAllText(Path.Combine(_directory, "A.cs"), "");
        File.WriteAllText(Path.Combine(_directory, "B.cs"), "");
        File.Move(Path.Combine(_directory, "A.cs"), Path.Combine(_directory, "C.cs"));
        changes.Wait(limit.Token);
        using var none = new CancellationTokenSource();
        none.Cancel();

        Assert.Throws<OperationCanceledException>(() => changes.Wait(none.Token));
    }

    [Fact]
    public void Without_notifications_files_are_looked_at_now_and_then()
    {
        string hidden = Directory.CreateDirectory(Path.Combine(_directory, "obj")).FullName;
        string inner = Directory.CreateDirectory(Path.Combine(_directory, "Inner")).FullName;
        File.WriteAllText(Path.Combine(inner, "A.cs"), "");
        using var changes = new SourceChanges(_directory, NullLogger.Instance, _ => throw new IOException("no more inotify instances"), TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(s_limit);
        using var none = new CancellationTokenSource();
        File.WriteAllText(Path.Combine(hidden, "left.cs"), "by a build");
        File.Delete(Path.Combine(inner, "A.cs"));
        changes.Wait(limit.Token);
        none.Cancel();
        Assert.Throws<OperationCanceledException>(() => changes.Wait(none.Token));
        string file = Path.Combine(inner, "B.cs");
        File.WriteAllText(file, "new");

        Assert.Equal(File.GetLastWriteTimeUtc(file), changes.Wait(limit.Token));
    }

    [Fact]
    public void When_notifications_end_files_are_looked_at_now_and_then()
    {
        FileSystemWatcher? watcher = null;
        using var changes = new SourceChanges(_directory, NullLogger.Instance, created => watcher = created, TimeSpan.FromMilliseconds(10));
        using var limit = new CancellationTokenSource(s_limit);
        Raise(watcher!, new IOException("no more inotify watches"));

        File.WriteAllText(Path.Combine(_directory, "A.cs"), "");

        changes.Wait(limit.Token);
    }

    [Fact]
    public void When_notifications_overflow_there_may_have_been_a_change()
    {
        FileSystemWatcher? watcher = null;
        using var changes = new SourceChanges(_directory, NullLogger.Instance, created => watcher = created);
        using var limit = new CancellationTokenSource(s_limit);

        Raise(watcher!, new InternalBufferOverflowException());

        changes.Wait(limit.Token);
    }

    [Fact]
    public void A_notification_after_the_end_is_no_error()
    {
        FileSystemWatcher? watcher = null;
        new SourceChanges(_directory, NullLogger.Instance, created => watcher = created).Dispose();

        Raise(watcher!, new InternalBufferOverflowException());
        Raise(watcher!, new IOException());
    }

    [Fact]
    public void Of_a_build_its_errors_are_told_each_once_and_without_the_project() => Assert.Equal(
        "/p/A.cs(1,2): error CS1002: ; expected\n/p/B.cs(3,4): error CS0103: no such name",
        ProjectBuild.Errors(
            "MSBuild\n/p/A.cs(1,2): error CS1002: ; expected [/p/p.csproj]\n/p/B.cs(3,4): error CS0103: no such name [/p/p.csproj::TargetFramework=net10.0]\n"
            + "/p/A.cs(1,2): error CS1002: ; expected [/p/p.csproj]\n/p/A.cs(9,9): warning CS0168: never used [/p/p.csproj]\n"));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    // What the framework does on its own thread.
    private static void Raise(FileSystemWatcher watcher, Exception e) =>
        typeof(FileSystemWatcher).GetMethod("OnError", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
            .Invoke(watcher, [new ErrorEventArgs(e)]);
}
