using Microsoft.Extensions.Logging.Abstractions;

namespace NativePlugins.Cli.Tests;

/// <summary>A build that begins before it is certain that all has been saved.</summary>
public sealed class EditBuildTests : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("native-plugins-").FullName;
    private readonly string _first;
    private readonly string _second;
    private readonly CancellationTokenSource _limit = new(s_limit);
    private readonly List<BuildPlan> _told = [];

    public EditBuildTests() => (_first, _second) = (Path.Combine(_directory, "A.cs"), Path.Combine(_directory, "B.cs"));

    [Fact]
    public void One_file_is_built_once()
    {
        using var build = new ScriptedBuild(_directory, (_, _) => true);

        Assert.True(Run(build));

        Assert.Equal([[_first]], build.Seen);
        Assert.Single(_told);
    }

    [Fact]
    public void A_second_file_ends_the_build_of_the_first_and_both_are_built()
    {
        using var build = new ScriptedBuild(_directory, (number, ended) =>
        {
            if (number == 1)
            {
                File.WriteAllText(_second, "");
                Assert.True(ended.WaitHandle.WaitOne(s_limit));
                ended.ThrowIfCancellationRequested();
            }

            return true;
        });

        Assert.True(Run(build));

        Assert.Equal([[_first], [_first, _second]], build.Seen);
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public void An_error_in_half_of_what_was_saved_is_not_told()
    {
        using var build = new ScriptedBuild(_directory, (number, ended) =>
        {
            if (number == 1)
            {
                File.WriteAllText(_second, "");
                Assert.True(ended.WaitHandle.WaitOne(s_limit));
            }

            return number != 1;
        });

        Assert.True(Run(build));
    }

    [Fact]
    public void An_error_in_all_that_was_saved_is()
    {
        using var build = new ScriptedBuild(_directory, (_, _) => false);

        Assert.Throws<CliException>(() => Run(build));
    }

    [Fact]
    public void At_the_end_of_the_process_it_ends_too()
    {
        using var end = new CancellationTokenSource();
        using var build = new ScriptedBuild(_directory, (_, ended) =>
        {
            end.Cancel();
            Assert.True(ended.WaitHandle.WaitOne(s_limit));
            ended.ThrowIfCancellationRequested();
            return true;
        });

        Assert.ThrowsAny<OperationCanceledException>(() => Run(build, end.Token));
    }

    public void Dispose()
    {
        _limit.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private bool Run(ScriptedBuild build, CancellationToken end = default)
    {
        using var sources = new SourceChanges(_directory, NullLogger.Instance, quiet: TimeSpan.FromSeconds(2));
        File.WriteAllText(_first, "");
        return EditBuild.Run(build, sources, sources.Take(_limit.Token), _told.Add, end);
    }

    /// <summary>The compiler is always enough.</summary>
    /// <param name="directory">The project's.</param>
    /// <param name="compile">Gets the number of the build, and what ends it; says whether it was well.</param>
    private sealed class ScriptedBuild(string directory, Func<int, CancellationToken, bool> compile) : ProjectBuild(directory, isDirectory: true)
    {
        private IReadOnlyCollection<string> _changed = [];

        public List<string[]> Seen { get; } = [];

        public override BuildPlan Plan(IReadOnlyCollection<string> changed, CancellationToken cancellationToken)
        {
            _changed = [.. changed.Order(StringComparer.Ordinal)];
            return new BuildPlan(IsCompile: true);
        }

        protected override void Prepare(IReadOnlyCollection<string> changed) => throw new InvalidOperationException("All is built.");

        protected override (string? Library, string Text) Build(CancellationToken cancellationToken) => throw new InvalidOperationException("All is built.");

        protected override BuildInputs? ReadInputs() => null;

        protected override (string? Library, string Text)? Compile(CancellationToken cancellationToken)
        {
            Seen.Add([.. _changed]);
            string library = Path.Combine(PrivateDirectory, "libx.so");
            File.WriteAllText(library, $"{Seen.Count}");
            return compile(Seen.Count, cancellationToken) ? (library, "") : (null, "error");
        }
    }
}
