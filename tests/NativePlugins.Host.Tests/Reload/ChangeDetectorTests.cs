using NativePlugins.Host.Reload;
using Xunit;

namespace NativePlugins.Host.Tests.Reload;

/// <summary>When installed files count as a new build.</summary>
public sealed class ChangeDetectorTests
{
    private readonly Files _files = new() { Time = 1, Contents = "first" };
    private string? _serving = "first";

    [Fact]
    public void What_serves_is_no_change()
    {
        ChangeDetector detector = Detector();

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.None, ChangeAction.None], Looks(detector, 3));
    }

    [Fact]
    public void New_contents_are_offered_once_they_are_stable_twice()
    {
        ChangeDetector detector = Settled();
        _files.Write(2, "second");

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.Reload], Looks(detector, 2));
    }

    [Fact]
    public void Files_that_are_still_being_written_are_not_offered()
    {
        ChangeDetector detector = Settled();
        for (int time = 2; time < 7; time++)
        {
            _files.Write(time, $"part {time}");
            Assert.Equal(ChangeAction.LookAgain, detector.Look());
        }

        Assert.Equal(ChangeAction.Reload, detector.Look());
    }

    [Fact]
    public void Files_that_change_while_they_are_hashed_are_not_offered()
    {
        ChangeDetector detector = Settled();
        _files.Write(2, "half");
        detector.Look();
        _files.OnHash = () => _files.Write(3, "whole");

        Assert.Equal(ChangeAction.LookAgain, detector.Look());
        _files.OnHash = null;
        Assert.Equal([ChangeAction.LookAgain, ChangeAction.Reload], Looks(detector, 2));
    }

    [Fact]
    public void The_same_bytes_touched_are_no_change_and_are_hashed_once()
    {
        ChangeDetector detector = Settled();
        _files.Write(2, "first");
        int before = _files.Hashes;

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.None, ChangeAction.None], Looks(detector, 3));
        Assert.Equal(before + 1, _files.Hashes);
    }

    [Fact]
    public void An_older_time_stamp_with_new_bytes_is_a_change()
    {
        ChangeDetector detector = Settled();
        _files.Write(0, "second");

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.Reload], Looks(detector, 2));
    }

    [Fact]
    public void What_was_refused_is_not_offered_again_also_not_touched()
    {
        ChangeDetector detector = Settled();
        _files.Write(2, "broken");
        Looks(detector, 2);
        detector.Rejected();

        Assert.DoesNotContain(ChangeAction.Reload, Looks(detector, 3));
        _files.Write(3, "broken");
        Assert.DoesNotContain(ChangeAction.Reload, Looks(detector, 3));
    }

    [Fact]
    public void After_a_refusal_other_bytes_are_offered()
    {
        ChangeDetector detector = Settled();
        _files.Write(2, "broken");
        Looks(detector, 2);
        detector.Rejected();
        _files.Write(3, "mended");

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.Reload], Looks(detector, 2));
    }

    [Fact]
    public void After_a_refusal_what_serves_is_no_change()
    {
        ChangeDetector detector = Settled();
        _files.Write(2, "broken");
        Looks(detector, 2);
        detector.Rejected();
        _files.Write(3, "first");

        Assert.DoesNotContain(ChangeAction.Reload, Looks(detector, 3));
    }

    [Fact]
    public void What_was_in_the_way_is_not_the_files_fault()
    {
        ChangeDetector detector = Settled();
        _files.Write(2, "second");
        Looks(detector, 2);
        detector.Postponed();

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.Reload], Looks(detector, 2));
    }

    [Fact]
    public void A_deleted_library_is_waited_for()
    {
        ChangeDetector detector = Settled();
        _files.HasLibrary = false;
        Assert.Equal([ChangeAction.LookAgain, ChangeAction.None, ChangeAction.None], Looks(detector, 3));
        _files.HasLibrary = true;
        _files.Write(2, "second");

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.Reload], Looks(detector, 2));
    }

    [Fact]
    public void A_reload_that_somebody_else_asked_for_is_known()
    {
        ChangeDetector detector = Settled();
        _files.Write(2, "second");
        _serving = "second";

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.None], Looks(detector, 2));
    }

    [Fact]
    public void Without_copies_what_was_accepted_serves()
    {
        _serving = null;
        var detector = new ChangeDetector(_files, "first", () => _serving);
        Looks(detector, 2);
        _files.Write(2, "second");
        Looks(detector, 2);
        detector.Accepted();

        Assert.Equal([ChangeAction.LookAgain, ChangeAction.None], Looks(detector, 2));
    }

    private static ChangeAction[] Looks(ChangeDetector detector, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => detector.Look())];

    private ChangeDetector Detector() => new(_files, null, () => _serving);

    private ChangeDetector Settled()
    {
        ChangeDetector detector = Detector();
        Looks(detector, 2);
        return detector;
    }

    private sealed class Files() : InstalledFiles("/", readsManifest: false)
    {
        public int Time { get; set; }

        public string Contents { get; set; } = "";

        public bool HasLibrary { get; set; } = true;

        public int Hashes { get; private set; }

        public Action? OnHash { get; set; }

        public void Write(int time, string contents) => (Time, Contents) = (time, contents);

        public override InstalledStamp Stamp() => new(HasLibrary, HasLibrary ? $"{Time} {Contents.Length}" : "");

        public override string? Hash()
        {
            Hashes++;
            string hash = Contents;
            OnHash?.Invoke();
            return hash;
        }
    }
}
