using NativePlugins.Host;

namespace ImageTool;

internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var interruption = new Interruption();
        try
        {
            await Run(arguments, interruption.Token);
            return 0;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            return Fail(interruption.ExitCode, "interrupted");
        }
        catch (Exception e) when (ExitCodeFor(e) is { } exitCode)
        {
            return Fail(exitCode, e.Message);
        }
    }

    private static Task Run(string[] arguments, CancellationToken cancellationToken) => arguments switch
    {
        ["filters"] => List(),
        ["apply", var input, var output, _, ..] => Apply(input, output, [.. arguments.Skip(3).Select(FilterStep.Parse)], cancellationToken),
        ["scene", var size, var output] => Task.Run(() => Render(size, output, cancellationToken), cancellationToken),
        ["compare", var before, var after, var scale, var output] => Task.Run(() => Compare(before, after, scale, output, cancellationToken), cancellationToken),
        ["demo", var directory] => Demo(directory, cancellationToken),
        _ => throw new UsageException("""
            what to do?
              imagetool filters                               the filters in plugins/
              imagetool apply INPUT OUTPUT FILTER[:AMOUNT]…   one after the other; PNG files
              imagetool scene WIDTHxHEIGHT OUTPUT             a picture to try them on
              imagetool compare BEFORE AFTER SCALE OUTPUT     both side by side, SCALE times smaller
              imagetool demo DIRECTORY                        all of these, with 12.6 megapixels
            """),
    };

    private static async Task List()
    {
        await using var filters = new FilterSet();
        Console.Write(Table.Of(["filter", "language", "version", "what it does"], filters.LoadAll().Select(filter => filter.Row)));
    }

    private static async Task Apply(string input, string output, IReadOnlyList<FilterStep> steps, CancellationToken cancellationToken)
    {
        await using var filters = new FilterSet();
        var chain = steps.Select(step => (Filter: filters.Load(step.Name), step.Amount)).ToList();
        Picture picture = await Task.Run(() => PngFile.Read(input, cancellationToken), cancellationToken);
        var results = new List<FilterResult>();
        foreach ((Filter filter, int amount) in chain)
        {
            (picture, FilterResult result) = await filter.Apply(picture, amount, cancellationToken);
            results.Add(result);
        }

        await Task.Run(() => PngFile.Write(output, picture, cancellationToken), cancellationToken);
        Console.Write(Table.Of(["filter", "language", "ms", "megapixels/s"], results.Select(result => result.Row)));
    }

    private static void Render(string size, string output, CancellationToken cancellationToken) =>
        PngFile.Write(output, Scene.Render(Numbers.Size(size), cancellationToken), cancellationToken);

    private static void Compare(string before, string after, string scale, string output, CancellationToken cancellationToken)
    {
        int times = Numbers.Scale(scale);
        Picture left = PngFile.Read(before, cancellationToken).Smaller(times);
        PngFile.Write(output, left.Beside(PngFile.Read(after, cancellationToken).Smaller(times)), cancellationToken);
    }

    private static async Task Demo(string directory, CancellationToken cancellationToken)
    {
        await using var filters = new FilterSet();
        ILookup<bool, string> steps = DemoChain.Steps.ToLookup(step => filters.Has(FilterStep.Parse(step).Name));
        foreach (string missing in steps[false])
        {
            Console.Error.WriteLine($"imagetool: left out, as it is not in plugins/: {missing}");
        }

        string[] files = [.. DemoChain.Files.Select(file => Path.Combine(directory, file))];
        Directory.CreateDirectory(directory);
        await Run(["scene", DemoChain.Size, files[0]], cancellationToken);
        await Run(["apply", files[0], files[1], .. steps[true]], cancellationToken);
        await Run(["compare", files[0], files[1], DemoChain.Scale, files[2]], cancellationToken);
        Console.WriteLine($"wrote {string.Join(", ", files)}");
    }

    /// <summary>Those of sysexits.h, as <c>host</c> has them; null for a bug.</summary>
    private static int? ExitCodeFor(Exception e) => e switch
    {
        UsageException or ArgumentException => 64,
        PngException => 65,
        PluginNotFoundException or FileNotFoundException or DirectoryNotFoundException => 66,
        PluginException or { InnerException: PluginException } => 70,
        IOException or UnauthorizedAccessException => 74,
        _ => null,
    };

    private static int Fail(int exitCode, string message)
    {
        Console.Error.WriteLine($"imagetool: {message}");
        return exitCode;
    }
}
