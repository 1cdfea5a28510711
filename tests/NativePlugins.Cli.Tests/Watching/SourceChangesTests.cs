using Microsoft.Extensions.Logging.Abstractions;

namespace NativePlugins.Cli.Tests;

public sealed class SourceChangesTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("native-plugins-").FullName;

    [Fact]
    public void A_change_has_the_time_that_the_file_bears()
    {
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        using var limit = new CancellationTokenSource(s_limit);
        string file = Path.Combine(_directory, "Plugin.cs");
        File.WriteAllText(file, "");

        Assert.Equal(File.GetLastWriteTimeUtc(file), changes.Wait(limit.Token).Newest);
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

        Assert.Equal(File.GetLastWriteTimeUtc(file), changes.Wait(limit.Token).Newest);
    }

    [Fact]
    public void What_the_compiler_has_seen_is_no_change_although_it_was_written_during_the_build()
    {
        string source = Path.Combine(_directory, "A.cs"), stamp = Path.Combine(_directory, "Stamp.cs");
        File.WriteAllText(source, "1");
        File.WriteAllText(stamp, "1");
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        File.WriteAllText(stamp, "2");
        BuildInputs inputs = Inputs(source, stamp);

        changes.Built(inputs, DateTime.UtcNow, CancellationToken.None);

        AssertQuiet(changes);
    }

    [Fact]
    public void What_was_saved_after_the_compiler_saw_it_is_built_again_at_once()
    {
        string source = Path.Combine(_directory, "A.cs");
        File.WriteAllText(source, "1");
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        BuildInputs inputs = Inputs(source);
        File.WriteAllText(source, "2");

        changes.Built(inputs, DateTime.UtcNow, CancellationToken.None);

        changes.Wait(Limit().Token);
        AssertQuiet(changes);
    }

    [Fact]
    public void What_a_build_writes_after_each_compilation_is_built_once_more_and_then_not()
    {
        string source = Path.Combine(_directory, "A.cs");
        File.WriteAllText(source, "0");
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        for (int build = 1; build <= 2; build++)
        {
            BuildInputs inputs = Inputs(source);
            File.WriteAllText(source, $"{build}");
            changes.Built(inputs, DateTime.UtcNow, CancellationToken.None);
            if (build == 1)
            {
                changes.Wait(Limit().Token);
            }
        }

        AssertQuiet(changes);
        File.WriteAllText(source, "saved by hand");
        changes.Wait(Limit().Token);
    }

    [Fact]
    public void What_has_changed_outside_of_the_project_before_the_first_list_was_read_is_built()
    {
        string source = Path.Combine(_directory, "A.cs");
        File.WriteAllText(source, "");
        string shared = Path.Combine(Directory.CreateTempSubdirectory("shared-").FullName, "B.cs");
        File.WriteAllText(shared, "1");
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        BuildInputs inputs = Inputs(source, shared);
        File.WriteAllText(shared, "2");

        changes.Built(inputs, DateTime.UtcNow, CancellationToken.None);

        changes.Wait(Limit().Token);
        AssertQuiet(changes);
        Directory.Delete(Path.GetDirectoryName(shared)!, recursive: true);
    }

    [Fact]
    public void What_is_saved_when_a_build_has_ended_is_tried_again_although_it_is_the_same()
    {
        string source = Path.Combine(_directory, "A.cs");
        File.WriteAllText(source, "same");
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        BuildInputs inputs = Inputs(source);
        DateTime ended = DateTime.UtcNow;
        File.WriteAllText(source, "same");
        File.SetLastWriteTimeUtc(source, ended.AddSeconds(1));

        changes.Built(inputs, ended, CancellationToken.None);

        changes.Wait(Limit().Token);
        AssertQuiet(changes);
    }

    [Fact]
    public void What_is_saved_when_a_build_has_ended_is_no_write_of_its_own_however_often()
    {
        string source = Path.Combine(_directory, "A.cs");
        File.WriteAllText(source, "0");
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        for (int build = 1; build <= 3; build++)
        {
            BuildInputs inputs = Inputs(source);
            DateTime ended = DateTime.UtcNow;
            File.WriteAllText(source, $"{build}");
            File.SetLastWriteTimeUtc(source, ended.AddSeconds(1));
            changes.Built(inputs, ended, CancellationToken.None);

            changes.Wait(Limit().Token);
        }
    }

    [Fact]
    public void What_no_build_reads_is_no_change()
    {
        string source = Path.Combine(_directory, "A.cs");
        File.WriteAllText(source, "");
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        changes.Built(Inputs(source), DateTime.UtcNow, CancellationToken.None);

        File.WriteAllText(Path.Combine(_directory, "log.txt"), "a tool's");
        File.WriteAllText(Path.Combine(_directory, "A.csproj.user"), "an editor's");
        AssertQuiet(changes);
        File.WriteAllText(source, "saved");

        changes.Wait(Limit().Token);
    }

    [Fact]
    public void A_new_source_in_a_new_directory_is_a_change()
    {
        string source = Path.Combine(_directory, "A.cs");
        File.WriteAllText(source, "");
        using var changes = new SourceChanges(_directory, NullLogger.Instance);
        changes.Built(Inputs(source), DateTime.UtcNow, CancellationToken.None);

        WriteSource(Path.Combine(_directory, "Inner", "Deep"));

        changes.Wait(Limit().Token);
    }

    [Fact]
    public void A_source_in_a_directory_that_comes_just_before_notifications_is_a_change()
    {
        string source = Path.Combine(_directory, "A.cs"), inner = Path.Combine(_directory, "Inner");
        File.WriteAllText(source, "");
        using var changes = new SourceChanges(_directory, NullLogger.Instance, watcher =>
        {
            if (watcher.Path == inner)
            {
                WriteSource(Path.Combine(inner, "Deep"));
            }

            watcher.EnableRaisingEvents = true;
        });
        changes.Built(Inputs(source), DateTime.UtcNow, CancellationToken.None);

        Directory.CreateDirectory(inner);

        changes.Wait(Limit().Token);
    }

    [Fact]
    public void Without_notifications_too_the_list_of_inputs_is_no_change()
    {
        string source = Path.Combine(_directory, "project", "A.cs");
        Directory.CreateDirectory(Path.GetDirectoryName(source)!);
        File.WriteAllText(source, "");
        string shared = Path.Combine(_directory, "Shared.cs");
        File.WriteAllText(shared, "");
        using var changes = new SourceChanges(
            Path.GetDirectoryName(source)!, NullLogger.Instance, _ => throw new IOException("no more inotify instances"), TimeSpan.FromMilliseconds(10));

        changes.Built(BuildInputs.Parse([$"P - {Path.GetDirectoryName(source)}", $"R - {source}", $"R - {shared}"]), DateTime.UtcNow, CancellationToken.None);

        AssertQuiet(changes);
        File.WriteAllText(shared, "saved");
        changes.Wait(Limit().Token);
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
        BuildErrors.Of(
            "MSBuild\n/p/A.cs(1,2): error CS1002: ; expected [/p/p.csproj]\n/p/B.cs(3,4): error CS0103: no such name [/p/p.csproj::TargetFramework=net10.0]\n"
            + "/p/A.cs(1,2): error CS1002: ; expected [/p/p.csproj]\n/p/A.cs(9,9): warning CS0168: never used [/p/p.csproj]\n"));

    private static void WriteSource(string directory) => File.WriteAllText(Path.Combine(Directory.CreateDirectory(directory).FullName, "B.cs"), "");

    private static CancellationTokenSource Limit() => new(s_limit);

    // Notifications come in order and within milliseconds: what has not been told after half a second is not told any more.
    private static void AssertQuiet(SourceChanges changes)
    {
        using var none = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        Assert.Throws<OperationCanceledException>(() => changes.Wait(none.Token));
    }

    private BuildInputs Inputs(params string[] compiled) => BuildInputs.Parse([
        $"P - {_directory}",
        .. compiled.Select(path => $"C {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))} {path}")]);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    // The framework does this by itself, on a thread of its own, when the system reports an error.
    private static void Raise(FileSystemWatcher watcher, Exception e) =>
        typeof(FileSystemWatcher).GetMethod("OnError", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)!
            .Invoke(watcher, [new ErrorEventArgs(e)]);
}
