using ImageTool;

namespace NativePlugins.EndToEnd.Tests;

/// <summary>imagetool's filters in C#, C, C++ and Rust, through their contract.</summary>
public class FilterTests
{
    private static readonly string[] s_amounts = ["", ":1", ":2", ":7", ":50", ":99", ":100"];
    private static readonly (int Width, int Height)[] s_sizes = [(1, 1), (1, 9), (9, 1), (2, 2), (5, 3), (64, 33), (203, 7)];

    [Theory]
    [InlineData("grayscale")]
    [InlineData("blur")]
    [InlineData("curve")]
    public void The_pixels_of_a_filter_equal_the_reference_at_every_size_and_amount(string filter) => Compare(filter);

    [RustFact]
    public void The_pixels_of_the_filter_in_Rust_equal_the_reference_at_every_size_and_amount() => Compare("edges");

    [Theory]
    [InlineData("grayscale", "C#", "takes the colour out; amount: how much of it, in percent (100)")]
    [InlineData("blur", "C", "softens the picture; amount: the radius in pixels (4)")]
    [InlineData("curve", "C++", "more contrast, warmer light; amount: how much of it, in percent (100)")]
    public void The_list_of_filters_has_each_language(string filter, string language, string what) => AssertListed(filter, language, what);

    [RustFact]
    public void The_list_of_filters_has_the_one_in_Rust() => AssertListed("edges", "Rust", "draws the edges as dark lines; amount: how dark, 100 for four times (25)");

    [Theory]
    [InlineData("grayscale", "A percentage, 0 to 100, was expected.")]
    [InlineData("blur", "amount: a radius of 0 to 100 pixels was expected.")]
    [InlineData("curve", "amount: a percentage of 0 to 100 was expected, not 101.")]
    public void An_amount_that_a_filter_refuses_is_a_wrong_argument_in_the_filters_own_words(string filter, string words) =>
        AssertRefused(filter, words);

    [RustFact]
    public void An_amount_that_the_filter_in_Rust_refuses_is_a_wrong_argument_in_its_own_words() =>
        AssertRefused("edges", "amount: a darkness of 0 to 100 was expected.");

    [Theory]
    [InlineData("grayscale")]
    [InlineData("blur")]
    [InlineData("curve")]
    public void A_filter_reports_its_progress(string filter) => AssertProgress(filter);

    [RustFact]
    public void The_filter_in_Rust_reports_its_progress_from_its_own_thread() => AssertProgress("edges");

    [Fact]
    public void A_filter_that_is_not_there_is_not_found_and_the_picture_not_read()
    {
        using var scratch = new Scratch();

        HostResult result = ImageToolRun.Run("apply", scratch.PathOf("none.png"), scratch.PathOf("out.png"), "sharpen").Exits(66);

        Assert.StartsWith("imagetool: NP1001: There is no plugin 'sharpen'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_that_is_no_filter_is_not_listed_and_not_applied()
    {
        using var scratch = new Scratch();
        string program = CopyOfTheProgram(scratch);
        scratch.Copy(Path.Combine(Repository.Dist, "libhello_c.so"), "plugins/libhello_c.so");
        string input = ImageToolRun.Save(scratch, "in.png", ImageToolRun.Noise(3, 3, seed: 1));

        HostResult list = HostProcess.RunProgram(program, new HostEnvironment(), "filters").Exits(0);
        HostResult apply = HostProcess.RunProgram(program, new HostEnvironment(), "apply", input, scratch.PathOf("out.png"), "hello_c").Exits(70);

        Assert.DoesNotContain("hello_c", list.Output, StringComparison.Ordinal);
        Assert.Contains("imaging.filter/1", apply.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(scratch.PathOf("out.png")));
    }

    [Fact]
    public void A_filter_may_come_more_than_once_in_a_chain()
    {
        using var scratch = new Scratch();
        Picture picture = ImageToolRun.Noise(20, 20, seed: 2);
        string input = ImageToolRun.Save(scratch, "in.png", picture);
        string[] steps = ["blur:1", "curve:50", "blur:2"];

        ImageToolRun.Run(["apply", input, scratch.PathOf("out.png"), .. steps]).Exits(0);

        ImageToolRun.AssertSame(FilterReference.Apply(picture, steps), ImageToolRun.Load(scratch.PathOf("out.png")));
    }

    private static string CopyOfTheProgram(Scratch scratch)
    {
        string plugins = scratch.Folder("plugins");
        foreach (string file in Directory.GetFiles(Path.Combine(Path.GetDirectoryName(Repository.ImageTool)!, "plugins")))
        {
            File.Copy(file, Path.Combine(plugins, Path.GetFileName(file)));
        }

        File.Copy(Repository.ImageTool, scratch.PathOf("imagetool"));
        return scratch.PathOf("imagetool");
    }

    private static void Compare(string filter)
    {
        using var scratch = new Scratch();
        int seed = 0;
        foreach ((int width, int height) in s_sizes)
        {
            Picture picture = ImageToolRun.Noise(width, height, ++seed);
            string input = ImageToolRun.Save(scratch, "in.png", picture);
            foreach (string amount in s_amounts)
            {
                string output = scratch.PathOf($"{width}x{height}{amount.Replace(':', '-')}.png");
                ImageToolRun.Run("apply", input, output, filter + amount).Exits(0);

                ImageToolRun.AssertSame(FilterReference.Apply(picture, filter + amount), ImageToolRun.Load(output));
            }
        }
    }

    private static void AssertListed(string filter, string language, string what)
    {
        string[] lines = ImageToolRun.Run("filters").Exits(0).Output.Split('\n');

        Assert.Contains(lines, line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SequenceEqual([filter, language, "1.0.0", what]));
    }

    private static void AssertRefused(string filter, string words)
    {
        using var scratch = new Scratch();
        string input = ImageToolRun.Save(scratch, "in.png", ImageToolRun.Noise(3, 3, seed: 1));

        HostResult result = ImageToolRun.Run("apply", input, scratch.PathOf("out.png"), filter + ":101").Exits(64);

        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Equal([input], Directory.GetFileSystemEntries(scratch.Root));
    }

    private static void AssertProgress(string filter)
    {
        using var scratch = new Scratch();
        string input = ImageToolRun.Save(scratch, "in.png", ImageToolRun.Noise(3, 200, seed: 1));

        HostResult result = ImageToolRun.Run("apply", input, scratch.PathOf("out.png"), filter).Exits(0);

        Assert.Equal($"{filter}: 0 %\n{filter}: 25 %\n{filter}: 50 %\n{filter}: 75 %\n{filter}: 100 %\n", result.Error);
    }
}
