namespace NativePlugins.Cli.Tests;

/// <summary>What is watched after a build, well or not.</summary>
public sealed class ProjectBuildTests : IDisposable
{
    private readonly string _project = Path.GetTempFileName();

    [Fact]
    public void A_build_that_lists_nothing_leaves_what_was_watched_before()
    {
        using var build = new ListingBuild(_project);
        BuildInputs listed = build.Lists = BuildInputs.Parse([$"R - {_project}"]);
        Assert.Throws<CliException>(() => build.Run(BuildPlan.Whole, [], CancellationToken.None));
        Assert.Same(listed, build.Inputs);

        build.Lists = null;
        Assert.Throws<CliException>(() => build.Run(BuildPlan.Whole, [], CancellationToken.None));

        Assert.Same(listed, build.Inputs);
    }

    public void Dispose() => File.Delete(_project);

    private sealed class ListingBuild(string project) : ProjectBuild(project)
    {
        public BuildInputs? Lists { get; set; }

        public override BuildPlan Plan(IReadOnlyCollection<string> changed, CancellationToken cancellationToken) => BuildPlan.Whole;

        protected override void Prepare(IReadOnlyCollection<string> changed)
        {
        }

        protected override (string? Library, string Text) Build(CancellationToken cancellationToken) => (null, "it fails");

        protected override BuildInputs? ReadInputs() => Lists;
    }
}
