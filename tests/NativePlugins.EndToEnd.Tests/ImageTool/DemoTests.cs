using Imaging;
using ImageTool;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>What <c>./build.sh sample imagetool</c> runs once it has built everything.</summary>
public class DemoTests
{
    private static readonly string[] s_languages = ["C", "C#", "C++", "Rust"];

    [RustFact]
    public void The_demo_applies_filters_of_four_languages_to_12_megapixels_and_makes_the_picture_of_the_README()
    {
        using var scratch = new Scratch();

        HostResult result = ImageToolRun.Run("demo", scratch.Root).Exits(0);

        Picture scene = ImageToolRun.Load(scratch.PathOf("scene.png"));
        Picture filtered = ImageToolRun.Load(scratch.PathOf("filtered.png"));
        Picture both = ImageToolRun.Load(scratch.PathOf("before-after.png"));
        Assert.Equal(s_languages, Rows(result.Output).Select(row => row[1]).Order(StringComparer.Ordinal));
        Assert.True(scene.Pixels.Length >= 12_000_000, $"{scene.Pixels.Length} pixels");
        ImageToolRun.AssertSame(FilterReference.Apply(scene, DemoChain.Steps), filtered);
        ImageToolRun.AssertSame(ImageToolRun.Load(Repository.PathOf("docs/images/imagetool.png")), both);
    }

    [Fact]
    public void The_scene_is_the_same_pixels_under_NativeAOT_and_under_the_JIT()
    {
        using var scratch = new Scratch();

        ImageToolRun.Run("scene", "301x200", scratch.PathOf("scene.png")).Exits(0);

        ImageToolRun.AssertSame(Scene.Render(new PictureSize(301, 200), CancellationToken.None), ImageToolRun.Load(scratch.PathOf("scene.png")));
    }

    [Fact]
    public void The_table_has_a_row_for_each_step_with_milliseconds_and_megapixels_a_second()
    {
        using var scratch = new Scratch();
        string input = ImageToolRun.Save(scratch, "in.png", ImageToolRun.Noise(64, 64, seed: 1));

        string output = ImageToolRun.Run("apply", input, scratch.PathOf("out.png"), "curve", "blur", "curve").Exits(0).Output;

        Assert.Matches("^filter +language +ms +megapixels/s\n", output);
        Assert.Equal(["curve", "blur", "curve"], Rows(output).Select(row => row[0]));
        Assert.All(Rows(output), row => Assert.All(row[2..], number => Assert.Matches(@"^\d+\.\d$", number)));
    }

    [Theory]
    [InlineData("what to do?")]
    [InlineData("what to do?", "apply", "in.png", "out.png")]
    [InlineData("a size such as 4096x3072", "scene", "0x3", "out.png")]
    [InlineData("a size such as 4096x3072", "scene", "65536x65536", "out.png")]
    [InlineData("FILTER or FILTER:AMOUNT was expected, such as blur:8, not 'blur:-1'", "apply", "in.png", "out.png", "blur:-1")]
    [InlineData("a scale of at least 1", "compare", "a.png", "b.png", "0", "out.png")]
    public void A_wrong_command_line_is_64_and_says_what_was_expected(string words, params string[] arguments) =>
        Assert.Contains(words, ImageToolRun.Run(arguments).Exits(64).Error, StringComparison.Ordinal);

    // The table is what comes before the line that says what was written.
    private static string[][] Rows(string output) =>
    [
        .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).TakeWhile(line => !line.StartsWith("wrote ", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];
}
